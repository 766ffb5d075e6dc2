"""What contender.mjs is for Node: settings in the first argument, the result on the last line."""
import json
import statistics
import sys
import time

settings = json.loads(sys.argv[1])
CHECKED = 5


def measure(step):
    """`warmUp` steps for nothing, then `steps` against the clock; the first results are compared with the others'."""
    times, check = [], []
    for k in range(settings["warmUp"] + settings["steps"]):
        start = time.perf_counter()
        result = step()
        if k >= settings["warmUp"]:
            times.append(1e3 * (time.perf_counter() - start))
        if k < CHECKED:
            check.append(result)
    lower, median, upper = statistics.quantiles(times, n=4, method="inclusive")
    print(json.dumps({"lower": lower, "median": median, "upper": upper, "check": check}))
