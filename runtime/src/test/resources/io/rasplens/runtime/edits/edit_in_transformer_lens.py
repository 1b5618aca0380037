"""Makes one edit at each hook point of saved models in TransformerLens, and writes down what comes of it.

    pip install transformer_lens==3.9.0
    rasp compile examples/reverse.rasp -o reverse/model.safetensors    (hist and sort alike)
    python edit_in_transformer_lens.py reverse hist sort

Beside each model an edits.json is written. The edit of an activation x, its elements numbered from 0 in the order of its axes, is

    x[i] * 0.75 + ((7919 * i + 13) mod 11 - 5) / 8

and what is written down of an edit is the logits, and of each activation that comes after it the sum of

    x[i] * ((31 * i + 7) mod 17 - 8) / 8
"""

import json
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file
from transformer_lens import HookedTransformer, HookedTransformerConfig

POSITIONS = 5


def loaded(folder):
    config = json.loads((folder / "config.json").read_text())
    model = HookedTransformer(HookedTransformerConfig(**config, dtype=torch.float64, seed=0, device="cpu"))
    state = {name: weight.to(torch.float64) for name, weight in load_file(folder / "model.safetensors").items()}
    missing, unexpected = model.load_state_dict(state, strict=False)
    assert not unexpected and all("mask" in name or "IGNORE" in name for name in missing), (missing, unexpected)
    model.set_use_attn_result(True)
    model.set_use_split_qkv_input(True)
    if not config.get("attn_only"):
        model.set_use_hook_mlp_in(True)
    return model


def numbers(tensor):
    return torch.arange(tensor.numel(), dtype=torch.int64).reshape(tensor.shape)


def edited(x, hook):
    return x * 0.75 + ((7919 * numbers(x) + 13) % 11 - 5).to(x.dtype) / 8


def told(x):
    return float((x * ((31 * numbers(x) + 7) % 17 - 8).to(x.dtype) / 8).sum())


def run(model, tokens, edit=None):
    """The logits, and all activations in the order in which they are made."""
    seen = {}

    def look(x, hook):
        seen[hook.name] = x.detach().clone()

    hooks = [(edit, edited)] if edit else []
    hooks += [(name, look) for name in model.hook_dict]
    with torch.no_grad():
        logits = model.run_with_hooks(tokens, return_type="logits", fwd_hooks=hooks)
    return logits, seen


def main(names):
    for name in names:
        folder = Path(__file__).parent / name
        model = loaded(folder)
        codec = json.loads((folder / "codec.json").read_text())
        bos, pad = codec["input"].index(codec["bos"]), codec["input"].index(codec["pad"])
        given = [i for i in range(model.cfg.d_vocab) if i not in (bos, pad)]
        ids = [bos] + [given[(3 * i * i + i) % len(given)] for i in range(POSITIONS)]
        tokens = torch.tensor([ids])
        _, clean = run(model, tokens)
        order = list(clean)
        edits = []
        for point in order:
            logits, seen = run(model, tokens, point)
            after = order[order.index(point):]
            edits.append(
                {
                    "hook": point,
                    "shape": list(clean[point].shape),
                    "logits": logits[0].tolist(),
                    "after": {other: told(seen[other]) for other in after},
                }
            )
        (folder / "edits.json").write_text(json.dumps({"token_ids": ids, "edits": edits}, separators=(",", ":")) + "\n")
        print(name, len(edits), "edits", (folder / "edits.json").stat().st_size, "bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
