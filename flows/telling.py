"""What is told of a run that did not end well.

Comes in: the flow, its run and its state, as Prefect hands them to a hook: it names them, so the names of the arguments are fixed. Goes out: one
line in the log of the service; whoever started a run by hand tells it himself. Refuses nothing.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from prefect import Flow, State
    from prefect.client.schemas.objects import FlowRun

_log = logging.getLogger("flows")


def tell_failure(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Log which run of a deployment failed and why; the store keeps what was done, and the next run goes on."""
    if flow_run.deployment_id is None:
        return
    _log.error("%s, run %s: %s. What was done is kept; the next run goes on. %s", flow.name, flow_run.name, state.name, state.message or "")
