"""The generator written a second time, in Python's unbounded integers, from the papers that src/random cites.

Run: python3 random.golden.py > random.golden.json      (made with Python 3.11; nothing but the standard library)
"""
import json
import math

MASK = 2**32 - 1


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(b >> 32) ^ c[1] ^ k[0], b & MASK, (a >> 32) ^ c[3] ^ k[1], a & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return c


def substream(parent, label):
    text = str(label)
    for index, unit in enumerate([len(text)] + [ord(c) for c in text]):
        parent = philox([unit, index, 0, 0], parent)[:2]
    return parent


class Random:
    def __init__(self, seed, *labels):
        self.key = [seed & MASK, seed >> 32]
        self.stream = [0, 0]
        for label in labels:
            self.stream = substream(self.stream, label)
        self.position = 0

    def bits32(self):
        block, word = divmod(self.position, 4)
        self.position += 1
        return philox([block & MASK, block >> 32, *self.stream], self.key)[word]

    def bits53(self):
        high = self.bits32() >> 5
        return high * 2**26 + (self.bits32() >> 6)

    def uniform(self):
        return self.bits53() / 2**53

    def normal(self):
        while True:
            u = 1 - self.uniform()
            v = 1.7156 * (self.uniform() - 0.5)
            x, y = u - 0.449871, abs(v) + 0.386595
            q = x * x + y * (0.196 * y - 0.25472 * x)
            if q < 0.27597 or (q <= 0.27846 and v * v <= -4 * math.log(u) * u * u):
                return v / u

    def integer(self, n):
        bits, draw = (32, self.bits32) if n <= 2**32 else (53, self.bits53)
        while True:
            value = draw()
            if value < 2**bits - 2**bits % n:
                return value % n

    def permutation(self, n):
        order = list(range(n))
        for i in range(n - 1, 0, -1):
            j = self.integer(i + 1)
            order[i], order[j] = order[j], order[i]
        return order


def sample(seed, *labels):
    draw = lambda name, *args: [getattr(generator, name)(*args) for generator in [Random(seed, *labels)] for _ in range(8)]
    return {
        "seed": seed,
        "labels": labels,
        "uniform": draw("uniform"),
        "normal": draw("normal"),
        "integer": draw("integer", 10),
        "large": draw("integer", 2**52 + 1),
        "permutation": Random(seed, *labels).permutation(20),
    }


def mix32(x):
    x &= MASK
    x = ((x ^ x >> 16) * 0x7FEB352D) & MASK
    x = ((x ^ x >> 15) * 0x846CA68B) & MASK
    return x ^ x >> 16


def bits32(key, counter):
    return mix32(key + mix32(counter + 0x9E3779B9))


words = [0, 1, 2, 255, 65536, 2**31 - 1, 2**31, 2**32 - 1]
print(json.dumps({
    "samples": [sample(0), sample(1, "init"), sample(2**53 - 1, "épochs", 3), sample(2**32 + 5, "dropout", "layer 2", 0)],
    "bits32": [[key, counter, bits32(key, counter)] for key in words for counter in words],
}, indent=1))
