"""Logs one point after the other through the stock MLflow client, and keeps a ledger outside the platform.

Usage: ledger_writer.py <ledger file> <points, or 0 until <ledger file>.stop exists> <pause in seconds>

Each line of the ledger is `try <run> <key> <step> <value>` before a point is sent, flushed to the disk, and the same with
`ack` after the reply. With MLFLOW_RUN_ID set it logs to that run (a job of the platform), else to a run of its own, which
it ends and opens again each hundred points, to go on thirty steps before: another attempt of the run.
"""

import os
import sys
import time

import mlflow
from mlflow.entities import Metric

path, points, pause = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
client = mlflow.MlflowClient()
run_id = os.environ.get("MLFLOW_RUN_ID") or client.create_run("0", run_name=os.path.basename(path)).info.run_id
# Two attempts log the same steps: the value tells them apart.
is_job = "SLIPWAY_ATTEMPT" in os.environ
attempt = int(os.environ.get("SLIPWAY_ATTEMPT", "0"))
step = sent = 0

with open(path, "a", buffering=1) as ledger:

    def write(word: str, step: int, value: float) -> None:
        ledger.write(f"{word} {run_id} loss {step} {value!r}\n")
        ledger.flush()
        os.fsync(ledger.fileno())

    while not (sent == points if points else os.path.exists(path + ".stop")):
        value = attempt * 1e6 + step + 0.5
        write("try", step, value)
        try:
            client.log_batch(run_id, [Metric("loss", value, int(time.time() * 1000), step)])
            write("ack", step, value)
        except Exception as error:  # Not acknowledged: it may be there or not, and the oracle asks for neither.
            print(f"step {step}: {type(error).__name__}", flush=True)
        print(f"step {step}", flush=True)
        step, sent = step + 1, sent + 1
        if not is_job and sent % 100 == 0:
            attempt, step = attempt + 1, step - 30
            try:
                client.set_terminated(run_id, "FAILED")
                client.update_run(run_id, "RUNNING")
            except Exception as error:
                print(f"not opened again: {type(error).__name__}", flush=True)
        time.sleep(pause)

print(f"ledger complete {run_id}", flush=True)
