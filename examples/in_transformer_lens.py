"""Runs the compiled examples in TransformerLens and counts answers that differ from RASP's.

    pip install transformer_lens==3.9.0
    python examples/in_transformer_lens.py "java -jar runtime/target/rasp.jar" [EXAMPLE ...]

Each example is compiled at the default level, loaded by load_and_process_state_dict with its default processing (layer norms
folded, writing weights and the unembedding centred, value biases folded), and asked for the answers to random inputs, in
float64 and float32:

    as it is · with noise of 1e-6 of each coordinate's range on every row at every resid hook · with BOS's row replaced by
    its mean over the inputs at every resid hook · with the stream turned by an orthogonal matrix and back at every resid hook

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
from safetensors.torch import load_file
from transformer_lens import HookedTransformer, HookedTransformerConfig

INPUTS = 60
NOISE = 1e-6
EXAMPLES = Path(__file__).parent


def compiled(rasp, example, folder):
    """The model's state, its config and its codec."""
    model = folder / "model.safetensors"
    subprocess.run([*rasp, "compile", str(example), "-o", str(model)], check=True, stdout=subprocess.DEVNULL)
    read = lambda name: json.loads((folder / name).read_text())
    return load_file(model), read("config.json"), read("codec.json")


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
    """One answer a position, BOS's left out."""
    values = output["values"]
    if output["kind"] == "categorical":
        return [values[i] for i in logits[0, 1:].argmax(-1)]
    numbers = logits[0, 1:, 0].tolist()
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

    return {"as it is": None, "noise": noise, "BOS's mean": ablate, "turned": lambda x, hook: (x @ turn) @ turn.T}


def main(rasp, names):
    torch.set_grad_enabled(False)
    total = 0
    for example in [EXAMPLES / f"{name}.rasp" for name in names] or sorted(EXAMPLES.glob("*.rasp")):
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            state, config, codec = compiled(rasp, example, folder)
            runs = answers(rasp, example, config, codec, folder)
        counts = []
        for dtype in (torch.float64, torch.float32):
            model = loaded(state, config, codec, dtype)
            for name, hook in edits(model, runs, dtype).items():
                hooks = [(resid, hook)] if hook else []
                wrong = sum(
                    not agrees(
                        decoded(model.run_with_hooks(torch.tensor([ids]), fwd_hooks=hooks), codec["output"]),
                        expected,
                        codec["output"],
                    )
                    for ids, expected in runs
                )
                total += wrong
                counts.append(f"{name} {wrong}")
        print(f"{example.stem}: of {len(runs)} inputs wrong in float64: {', '.join(counts[:4])}; in float32: {', '.join(counts[4:])}", flush=True)
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main(shlex.split(sys.argv[1]), sys.argv[2:]))
