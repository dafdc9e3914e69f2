"""Copies of a checkpoint: whole ones, another version, and broken ones."""

import hashlib
import os
import shutil
from pathlib import Path


SEAL = '"bundle_sha256": "'


def copy(checkpoint, folder, change=None):
    """Copies beside, changes, then renames: nobody sees half of it."""
    folder = Path(folder)
    beside = folder.with_name(f".{folder.name}.making")
    # The contents only: the newest bundle is the one that a watched folder serves.
    shutil.copytree(checkpoint, beside, copy_function=shutil.copyfile)
    if change is not None:
        change(beside)
    os.rename(beside, folder)
    return folder


def other_version(folder):
    """Moves one parameter by the last bit of its mantissa and mends the hashes: another version
    that ranks alike."""
    model = folder / "model.safetensors"
    content = bytearray(model.read_bytes())
    before = hashlib.sha256(content).hexdigest()
    content[-4] ^= 1
    model.write_bytes(content)
    bundle = folder / "bundle.json"
    text = bundle.read_text().replace(before, hashlib.sha256(content).hexdigest())
    # The last line seals what stands before it.
    sealed = text[: text.rindex(SEAL) + len(SEAL)]
    bundle.write_text(f'{sealed}{hashlib.sha256(sealed.encode()).hexdigest()}"\n}}\n')


def truncated_model(folder):
    model = folder / "model.safetensors"
    os.truncate(model, model.stat().st_size // 2)


def garbled_bundle(folder):
    bundle = folder / "bundle.json"
    content = bytearray(bundle.read_bytes())
    for place in range(40, len(content), 97):
        content[place] ^= 0x5A
    bundle.write_bytes(content)


def missing_model(folder):
    (folder / "model.safetensors").unlink()


def missing_bundle(folder):
    (folder / "bundle.json").unlink()


def wrong_hash(folder):
    model = folder / "model.safetensors"
    content = bytearray(model.read_bytes())
    content[-4] ^= 1
    model.write_bytes(content)


def empty_files(folder):
    for file in folder.iterdir():
        os.truncate(file, 0)


BROKEN = {
    "truncated_model": truncated_model,
    "garbled_bundle": garbled_bundle,
    "missing_model": missing_model,
    "missing_bundle": missing_bundle,
    "wrong_hash": wrong_hash,
    "empty_files": empty_files,
}
