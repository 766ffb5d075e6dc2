"""Random arithmetic with few parentheses and its values by Python, whose precedence the language shares.

    python scripts/goldens/arithmetic.py > test/goldens/expr/arithmetic.json
"""

import json
import platform
import random
import re

random.seed(11)


def operand(depth):
    sign = random.choice(["", "", "", "-", "--"])
    if depth == 0 or random.random() < 0.6:
        return sign + str(random.randint(0, 9))
    return f"{sign}({formula(depth - 1)})"


def formula(depth):
    text = operand(depth)
    for _ in range(random.randint(1, 5)):
        text += random.choice([" + ", " - ", "*", "/", "**"]) + operand(depth)
    return f"{text} < {operand(depth)}" if random.random() < 0.2 else text


cases = []
while len(cases) < 300:
    text = formula(3)
    try:
        value = eval(re.sub(r"\d+", lambda digits: digits.group() + ".0", text))
    except (ZeroDivisionError, OverflowError, TypeError):
        continue
    if isinstance(value, complex):
        continue
    if 0 < abs(value) < 1e-250 or abs(value) > 1e250:
        continue
    cases.append([text, float(value)])

lines = ",\n".join(json.dumps(case) for case in cases)
print(f'{{"made": "scripts/goldens/arithmetic.py", "python": "{platform.python_version()}", "cases": [\n{lines}\n]}}')
