"""Whether a soak kept what the service promises."""

from logs import count_lines
from trial import slope

# A line holds all candidates: half an hour at 600/s would be more than ten gigabytes.
KEPT_MEGABYTES = 1024


def judge_log(trial, tally, state, folder):
    """Every answer is a line; the files hold all of them unless the oldest were deleted."""
    files = count_lines(folder)
    trial.figures["log"] = {**files, **state}
    trial.promise(files["bad"] == 0, f"{files['bad']} lines are no JSON: {files['bad_where']}")
    answered = tally.right["good"] + tally.right["feedback"]
    trial.promise(
        state["written"] >= answered and state["dropped"] == 0,
        f"{answered} answers, {state['written']} lines written, {state['dropped']} dropped")
    if files["bytes"] < KEPT_MEGABYTES * 0.9e6:
        for prefix, kind in (("decisions", "good"), ("feedback", "feedback")):
            found = files["lines"].get(prefix, 0)
            trial.promise(
                found >= tally.right[kind], f"{prefix}: {found} lines, {tally.right[kind]} answers")


def judge(trial, mixture, samples, minutes):
    tally = mixture.tally
    trial.figures.update(tally.figures())
    for kind in ("good", "malformed", "feedback", "load"):
        for text in tally.faults[kind][:3]:
            trial.promise(False, f"{kind}: {text}")
    late = [s for s in samples if s[0] >= min(120, samples[-1][0] / 2)] or samples
    per_minute = slope([(x / 60, rss / 2**20) for x, rss, _ in late])
    trial.figures["rss_mib"] = {
        "settled": round(late[0][1] / 2**20, 1), "end": round(late[-1][1] / 2**20, 1),
        "slope_per_minute": round(per_minute, 3)}
    trial.figures["descriptors"] = {
        "settled": late[0][2], "end": late[-1][2], "most": max(s[2] for s in samples)}
    trial.figures["client_lag_ms_p99"] = round(
        sorted(mixture.loop.lags)[int(len(mixture.loop.lags) * 0.99)] * 1000, 2)
    trial.promise(
        late[-1][2] <= late[0][2] + 8, f"descriptors grew from {late[0][2]} to {late[-1][2]}")
    if minutes >= 10:
        trial.promise(
            late[-1][1] < 1.2 * late[0][1] + 32 * 2**20,
            f"memory grew from {late[0][1] / 2**20:.0f} to {late[-1][1] / 2**20:.0f} MiB")
