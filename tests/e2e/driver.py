#!/usr/bin/python3
"""The hands and eyes of the desktop harness, in one process.

Reads one JSON request a line on standard input, answers with one JSON line on standard output:
{"do": NAME, ...} → {"ok": VALUE} or {"error": TEXT}. It looks once and answers at once; all waiting is done by the
caller, who knows the deadline. Ends when its standard input does.
"""

import json
import sys
import traceback

import atspi
import bus
import x11

COMMANDS = {**atspi.COMMANDS, **bus.COMMANDS, **x11.COMMANDS}


def answer(line):
    request = json.loads(line)
    command = COMMANDS[request.pop("do")]
    return {"ok": command(**request)}


def main():
    for line in sys.stdin:
        try:
            reply = answer(line)
        except Exception as problem:  # the caller decides whether it matters
            traceback.print_exc()
            reply = {"error": f"{type(problem).__name__}: {problem}"}
        print(json.dumps(reply), flush=True)


main()
