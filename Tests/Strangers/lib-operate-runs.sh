# Trials of operate.sh that train, and the programs in Python that some trials need.

# Puts NaN into a tensor of the generator, and the right hashes beside it.
break_model='import hashlib, json, struct, sys
folder = sys.argv[1]
path = folder + "/model.safetensors"
data = bytearray(open(path, "rb").read())
length = struct.unpack("<Q", data[:8])[0]
header = json.loads(data[8:8 + length])
name = next(n for n in sorted(header) if n.startswith("generator."))
start = 8 + length + header[name]["data_offsets"][0]
old = hashlib.sha256(data).hexdigest()
data[start:start + 4] = struct.pack("<f", float("nan"))
open(path, "wb").write(data)
text = open(folder + "/bundle.json").read().replace(old, hashlib.sha256(data).hexdigest())
end = text.index("\"bundle_sha256\": \"") + len("\"bundle_sha256\": \"")
seal = hashlib.sha256(text[:end].encode()).hexdigest()
open(folder + "/bundle.json", "w").write(text[:end] + seal + text[end + 64:])'

rank_as_typed='import select, subprocess, sys, time
fader, checkpoint, file = sys.argv[1:]
process = subprocess.Popen([fader, "rank", "--checkpoint", checkpoint], stdin=subprocess.PIPE,
    stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
for number in range(2):
    process.stdin.write(open(file, "rb").read())
    process.stdin.flush()
    ready, _, _ = select.select([process.stdout], [], [], 20)
    line = process.stdout.readline() if ready else b""
    print("answered" if line.startswith(b"{\"items\"") else "silence", end=" ")
process.stdin.close()
process.wait()
print()'

# Runs a command in a terminal of 100 columns; prints what the screen shows, line by line.
in_terminal='import os, pty, re, sys
os.environ.update(TERM="xterm", LC_ALL="C.UTF-8", COLUMNS="100")
pid, terminal = pty.fork()
if pid == 0:
    os.execv(sys.argv[1], sys.argv[1:])
data = b""
while True:
    try:
        part = os.read(terminal, 65536)
    except OSError:
        break
    if not part:
        break
    data += part
os.waitpid(pid, 0)
text, lines, column, place = data.decode(errors="replace"), [[]], 0, 0
while place < len(text):
    code = re.match("\x1b\\[[0-9;]*[A-Za-z]", text[place:])
    if code:
        if code.group().endswith("K"):
            del lines[-1][column:]
        place += len(code.group())
        continue
    letter = text[place]
    if letter == "\r":
        column = 0
    elif letter == "\n":
        lines.append([])
    else:
        lines[-1][column:column + 1] = [letter]
        column += 1
    place += 1
print("\n".join("".join(line) for line in lines))'

# Sends SIGINT after so many seconds; prints the exit code and how many seconds later it came.
interrupted='import signal, subprocess, sys, time
process = subprocess.Popen(sys.argv[2:], stdout=subprocess.DEVNULL, stderr=open("interrupted.log", "w"))
time.sleep(float(sys.argv[1]))
process.send_signal(signal.SIGINT)
start = time.monotonic()
try:
    code = process.wait(20)
except subprocess.TimeoutExpired:
    process.kill()
    code = "none"
print(code, "at once" if time.monotonic() - start < 10 else "late")'

# A file of 600 sessions and a configuration beside it that trains on it in seconds.
prepare_runs() {
  mkdir -p "$work/elsewhere" "$work/project/data"
  "$fader" simulate --config configs/quickstart.yaml --sessions 600 \
    --out "$work/project/data/sessions.jsonl" >/dev/null 2>&1
  cat >"$work/project/run.yaml" <<'Y'
version: 1
data: {sessions: [data/sessions.jsonl]}
objectives: [{name: click, predicted: click}, {name: shops, distinct: shop}]
evaluator: {ensemble: 2}
training:
  evaluator: {epochs: 1}
  judge: {every: 5, requests: 32}
  generator: {steps: 10, imitation_steps: 2, checkpoint_every: 5}
Y
}

try_runs() {
  prepare_runs
  cd "$work/elsewhere" || return
  # --- 15
  local one two first second
  "$fader" train --config ../project/run.yaml --force --out both >one.out 2>one.err & one=$!
  "$fader" train --config ../project/run.yaml --force --out both >two.out 2>two.err & two=$!
  wait "$one"; first=$?
  wait "$two"; second=$?
  verdict 15 "two trainings into one folder" "exit $first and $second, $(cat one.err two.err | grep -m1 -o 'expected a folder.*' | cut -c1-80)" \
    test $((first == 0)) -ne $((second == 0))
  "$fader" train --config ../project/run.yaml --force --stage evaluators --out ../run >/dev/null 2>stage.err
  verdict 15 "data relative to the configuration, from another folder" "exit $?, $(words stage.err)" \
    test -f ../run/checkpoints/evaluators/bundle.json
  (cd / && "$fader" train --resume --force --out "$work/run") >/dev/null 2>resume.err
  verdict 15 "resumed from a third folder" "exit $?, $(words resume.err)" test -e ../run/checkpoints/step-000010
  (cd / && "$fader" evaluate --checkpoint "$work/run" --requests 20 --boosted 0) >evaluate.out 2>evaluate.err
  verdict 15 "evaluated from a third folder" "exit $?, $(words evaluate.err)" grep -q 'sessions' evaluate.out
  # --- 19
  python "$in_terminal" "$fader" train --config ../project/run.yaml --force --out ../terminal >screen
  local own
  own=$(grep -c '^evaluator 1 of 2: best' screen)
  verdict 19 "messages while a progress line is drawn" "$(grep 'evaluator 1 of 2' screen | cut -c1-80)" test "$own" = 1
  verdict 19 "the number of a member" "$(grep -o 'member [0-9.]*' screen | head -n 1)" test \
    "$(grep -c 'member [0-9] ' screen)/$(grep -c 'member [0-9]\.' screen)" != 0/0 -a "$(grep -c 'member [0-9]\.' screen)" = 0
  verdict 19 "reading shows progress" "$(grep -m1 '^reading sessions .' screen)" grep -q '^reading sessions .*600' screen
  local came
  came=$(python "$interrupted" 4 "$fader" train --config "$repository/configs/quickstart.yaml" --out ../reading \
    --set data.simulate=3000000)
  verdict 19 "Ctrl-C while sessions are read" "exit $came, $(words interrupted.log)" test "$came" = "130 at once"
  came=$(python "$interrupted" 2 "$fader" simulate --config "$repository/configs/quickstart.yaml" \
    --sessions 3000000 --out many.jsonl)
  verdict leftovers "Ctrl-C while a file is written" "exit $came, left: $(ls | grep -c partial)" \
    test "$came/$(ls | grep -c partial)" = "130 at once/0"
  "$fader" train --config <(cat "$repository/configs/quickstart.yaml") --out ../pipe 2>pipe.err
  verdict leftovers "--config <(..)" "$(words pipe.err)" grep -q 'pipe' pipe.err
  sed '5s/"click":\[[01]/"click":[7/' ../project/data/sessions.jsonl >odd.jsonl
  "$fader" validate odd.jsonl >validate.out 2>&1
  verdict leftovers "validate a click of 7" "$(grep -o '1 of .*' validate.out | cut -c1-80)" grep -q 'neither 0 nor 1' validate.out
  "$fader" inspect odd.jsonl >inspect.out 2>&1
  verdict leftovers "inspect it" "$(grep -o '1 of [0-9]* values' inspect.out | head -n 1)" grep -q 'neither 0 nor 1' inspect.out
}
