import { escapeText } from "../svg/element.ts";

/** Prose as HTML: everything is escaped, then `code`, **strong** and [links](https://…) are set. */
export const inline = (text: string): string =>
  escapeText(text)
    .split(/(`[^`]+`)/)
    .map((part) => (part.length > 2 && part.startsWith("`") ? `<code>${part.slice(1, -1)}</code>` : marked(part)))
    .join("");

const marked = (escaped: string): string =>
  escaped
    .replace(/\*\*([^*]+)\*\*/g, "<strong>$1</strong>")
    .replace(/\[([^\][]+)\]\((https?:\/\/[^\s()<>]+)\)/g, '<a href="$2">$1</a>');
