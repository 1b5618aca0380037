"""Runs the compiled examples in TransformerLens and counts answers that differ from RASP's.

    pip install transformer_lens==3.9.0
    python examples/in_transformer_lens.py "java -jar runtime/target/rasp.jar" [EXAMPLE | FILE.rasp ...]

Each example, or any other program, is compiled at the default level, loaded by load_and_process_state_dict with its default processing (layer norms
folded, writing weights and the unembedding centred, value biases folded), and asked for the answers to random inputs, in
float64 and float32:

    as it is · with noise of 1e-6 of each coordinate's range on every row at every resid hook, of random signs · the same of
    the worst signs: those that lower the margin of an answer, and those that push a hidden unit through its threshold, each
    by the gradient with respect to every resid hook at once · with BOS's row replaced by its mean over the inputs at every
    resid hook · with the stream turned by an orthogonal matrix and back at every resid hook

Centring the unembedding is left out where the output is one number, which it would make zero.
"""

import json
import random
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import load_file
from transformer_lens import HookedTransformer, HookedTransformerConfig

INPUTS = 60
NOISE = 1e-6
ATTACKED = 12  # inputs for which the worst signs are looked for
UNITS = 6  # hidden units a layer that are pushed, those that least noise takes through their threshold
EXAMPLES = Path(__file__).parent


def compiled(rasp, example, folder):
    """The model's state, its config and its codec."""
    model = folder / "model.safetensors"
    subprocess.run([*rasp, "compile", str(example), "-o", str(model)], check=True, stdout=subprocess.DEVNULL)
    read = lambda name: json.loads((folder / name).read_text())
    codec = read("codec.json")
    if codec["output"]["kind"] == "numerical":
        # The numbers that an answer is one of stand in the file itself: the nearest is meant.
        with safe_open(model, "pt") as file:
            codec["output"]["values"] = json.loads(file.metadata()["decoder"]).get("values")
    return load_file(model), read("config.json"), codec


def answers(rasp, example, config, codec, folder):
    """Random inputs as token ids, and what RASP answers."""
    rng = random.Random(example.name)
    tokens = [t for t in codec["input"] if t not in (codec["bos"], codec["pad"])]
    lines = []
    for n in range(INPUTS):
        length = config["n_ctx"] - 1 if n < INPUTS // 2 else rng.randint(1, config["n_ctx"] - 1)
        lines.append(json.dumps([rng.choice(tokens) for _ in range(length)]))
    file = folder / "inputs.txt"
    file.write_text("\n".join(lines) + "\n")
    out = subprocess.run([*rasp, "run", str(example), "--inputs", str(file), "--json"], capture_output=True, text=True)
    runs = [json.loads(line) for line in out.stdout.splitlines()]
    return [(run["token_ids"], run["expected"]) for run in runs if isinstance(run.get("expected"), list)]


def loaded(state, config, codec, dtype):
    model = HookedTransformer(HookedTransformerConfig(**config, dtype=dtype, seed=0, device="cpu"))
    whole = {**model.state_dict(), **{name: weight.to(dtype) for name, weight in state.items()}}
    model.load_and_process_state_dict(whole, center_unembed=codec["output"]["kind"] == "categorical")
    return model


def decoded(logits, output):
    """One answer a position of one input, BOS's left out."""
    values = output["values"]
    if output["kind"] == "categorical":
        return [values[i] for i in logits[1:].argmax(-1)]
    numbers = logits[1:, 0].tolist()
    return [min(values, key=lambda v: abs(v - x)) for x in numbers] if values else numbers


def agrees(answer, expected, output):
    if output["kind"] == "numerical":
        listed = bool(output["values"])
        return all(abs(a - b) <= (1e-6 if listed else 1e-3 * max(1, abs(b))) for a, b in zip(answer, expected))
    return all(type(a) is type(b) and a == b or isinstance(a, (int, float)) and a == b for a, b in zip(answer, expected))


def resid(name):
    return "hook_resid" in name


def statistics(model, runs):
    """How far apart the numbers of each coordinate are, and BOS's mean row, by hook."""
    low, high, bos = None, None, {}
    for ids, _ in runs:
        _, cache = model.run_with_cache(torch.tensor([ids]), names_filter=resid)
        for name, x in cache.items():
            low = x[0].min(0).values if low is None else torch.minimum(low, x[0].min(0).values)
            high = x[0].max(0).values if high is None else torch.maximum(high, x[0].max(0).values)
            bos.setdefault(name, []).append(x[0, 0])
    return high - low, {name: torch.stack(rows).mean(0) for name, rows in bos.items()}


def margins(logits, output):
    """By how much each position's answer is told from the next one; of a number, the number."""
    logits = logits[0, 1:]
    if output["kind"] == "numerical":
        return logits[:, 0]
    best = logits.topk(2, dim=-1).values if logits.shape[-1] > 1 else torch.cat([logits, 0 * logits], dim=-1)
    return best[:, 0] - best[:, 1]


def worst_signs(model, ids, ranges, output):
    """Signs of noise at every resid hook: of the gradients of what decides an answer."""
    added = {}

    def touch(x, hook):
        added[hook.name] = torch.zeros_like(x, requires_grad=True)
        return x + added[hook.name]

    inputs = []

    def keep(x, hook):
        inputs.append(x)

    def before(number):
        pushes = torch.autograd.grad(number, list(added.values()), retain_graph=True, allow_unused=True)
        return {name: push for name, push in zip(added, pushes) if push is not None}

    def size(pushes):
        return sum((push.abs() * ranges).sum() for push in pushes.values()).item()

    found = []
    with torch.enable_grad():
        logits = model.run_with_hooks(
            torch.tensor([ids]), fwd_hooks=[(resid, touch), (lambda name: name.endswith("mlp.hook_pre"), keep)]
        )
        for x in inputs:
            # Far above 0 or far below, no noise of this size gets there; near it, the gradient says how much is needed.
            near = x.abs().masked_fill(x == 0, float("inf")).flatten().argsort()[:UNITS]
            for unit in near.tolist():
                value = x.flatten()[unit]
                pushes = before(value)
                if size(pushes) > 0:
                    found.append({name: -torch.sign(value).detach() * torch.sign(push) for name, push in pushes.items()})
        answers = margins(logits, output)
        for position in {answers.argmin().item(), answers.argmax().item(), len(answers) - 1}:
            pushes = before(answers[position])
            found += [{name: sign * torch.sign(push) for name, push in pushes.items()} for sign in (-1, 1)]
    return found


def edits(model, runs, dtype):
    ranges, bos = statistics(model, runs)
    generator = torch.Generator().manual_seed(0)
    turn = torch.linalg.qr(torch.randn(model.cfg.d_model, model.cfg.d_model, generator=generator, dtype=torch.float64))[0].to(dtype)

    def noise(x, hook):
        return x + NOISE * ranges * (2 * torch.randint(0, 2, x.shape, generator=generator) - 1)

    def ablate(x, hook):
        x = x.clone()
        x[:, 0] = bos[hook.name]
        return x

    return ranges, {"as it is": None, "noise": noise, "BOS's mean": ablate, "turned": lambda x, hook: (x @ turn) @ turn.T}


def wrong(model, runs, output, hook):
    """How many of some inputs of one length are answered otherwise."""
    hooks = [(resid, hook)] if hook else []
    logits = model.run_with_hooks(torch.tensor([ids for ids, _ in runs]), fwd_hooks=hooks)
    return sum(not agrees(decoded(row, output), right, output) for row, (_, right) in zip(logits, runs))


def by_length(runs):
    lengths = sorted({len(ids) for ids, _ in runs})
    return [[run for run in runs if len(run[0]) == length] for length in lengths]


def worst(model, runs, ranges, output):
    """How many answers noise of the worst signs changes, and how often it was tried."""
    changed, tried = 0, 0
    for run in runs[:: max(1, len(runs) // ATTACKED)]:
        found = worst_signs(model, run[0], ranges, output)

        def push(x, hook):
            rows = [signs[hook.name][0] if hook.name in signs else torch.zeros_like(x[0]) for signs in found]
            return x + NOISE * ranges * torch.stack(rows)

        changed += wrong(model, [run] * len(found), output, push)
        tried += len(found)
    return changed, tried


def main(rasp, names):
    torch.set_grad_enabled(False)
    torch.set_num_threads(1)  # the models are small
    total = 0
    programs = [Path(name) if name.endswith(".rasp") else EXAMPLES / f"{name}.rasp" for name in names]
    for program in programs or sorted(EXAMPLES.glob("*.rasp")):
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            state, config, codec = compiled(rasp, program, folder)
            runs = answers(rasp, program, config, codec, folder)
        output = codec["output"]
        said = []
        for dtype in (torch.float64, torch.float32):
            model = loaded(state, config, codec, dtype)
            ranges, hooks = edits(model, runs, dtype)
            counts = {
                name: sum(wrong(model, alike, output, hook) for alike in by_length(runs)) for name, hook in hooks.items()
            }
            changed, tried = worst(model, runs, ranges, output)
            counts[f"worst noise ({tried} times)"] = changed
            total += sum(counts.values())
            said.append(", ".join(f"{name} {count}" for name, count in counts.items()))
        print(f"{program.stem}: of {len(runs)} inputs wrong in float64: {said[0]}; in float32: {said[1]}", flush=True)
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main(shlex.split(sys.argv[1]), sys.argv[2:]))
