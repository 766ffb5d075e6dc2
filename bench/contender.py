"""What contender.mjs is for Node: settings in the first argument, the result on the last line."""
import json
import resource
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
    if settings.get("memory"):
        # ru_maxrss is in KiB, on Linux
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
        times = [megabytes, megabytes]
    lower, median, upper = statistics.quantiles(times, n=4, method="inclusive")
    print(json.dumps({"lower": lower, "median": median, "upper": upper, "check": check}))
