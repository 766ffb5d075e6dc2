/** How a downloaded file is verified: by its SHA-256, or by an MD5 where its authors publish only that. */
export type Checksum = { readonly sha256: string } | { readonly md5: string };

/** A file on the mirrors. */
export type RemoteFile = { readonly name: string; readonly bytes: number } & Checksum;

/** The files to download, and the addresses of folders that have them, tried in this order. */
export interface RemoteSet {
  readonly mirrors: readonly string[];
  readonly files: readonly RemoteFile[];
}
