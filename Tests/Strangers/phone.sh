#!/bin/bash
# A phone outside of the package: exports a screen model for a device, builds the program in phone/, and lets it
# decide again after every item. phone.sh CHECKPOINT SESSIONS [FADER]. Takes minutes: the package is built anew.
. "$(dirname "$0")/lib.sh"
checkpoint=$(realpath "$1") sessions=$(realpath "$2")
binary=$(realpath "${3:-$root/.build/release/fader}")
cd "$scratch" || exit 1
"$binary" export --checkpoint "$checkpoint" --device device --embeddings tables --precision int8 || exit 1
du -b device tables | sed 's/^/bytes: /'
cp -r "$root/Tests/Strangers/phone" phone
sed -i "s|path: \"../../..\"|path: \"$root\"|" phone/Package.swift
swift build -c release --package-path phone --product phone 2>&1 | grep -E "error|Compiling|Build" | tail -1
program=$(swift build -c release --package-path phone --show-bin-path)/phone
"$program" device tables "$sessions"
echo "shared libraries beside Swift's and the C library:"
ldd "$program" | grep -vE "swift|Foundation|linux-vdso|ld-linux|libc\.|libm\.|libstdc|libgcc|_Dispatch|BlocksRuntime|icu" || echo "  none"
