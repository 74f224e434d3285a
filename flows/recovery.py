"""What a service finds when it starts again after a crash, a power cut or a long pause.

Comes in: the deployments by the name of their project. Goes out: runs that were killed with their server are closed as crashed; of the runs that were
missed meanwhile one is started. Refuses nothing. Whether a run of ours still lives is known by its turn in the database, not by Prefect.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.states import Cancelled, Crashed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from prefect.client.orchestration import SyncPrefectClient

_KILLED = "รอบนี้ถูกตัดไปพร้อมกับเครื่องหรือโปรแกรม พบและปิดเมื่อเริ่มใหม่ รอบถัดไปทำต่อให้ครบ · killed with its server; closed at the next start, the next run goes on"
_MISSED = "เลยเวลาไปตอนที่ระบบปิดอยู่ ทำรวมครั้งเดียวเมื่อเริ่มใหม่ · missed while the service was off; done once at the next start"
_AT_WORK = (StateType.RUNNING, StateType.PENDING, StateType.CANCELLING)
_PAGE = 200  # what Prefect answers at a time


def close_killed(flow: str, project: str) -> int:
    """Close the runs of a project that nobody works on any more as crashed, and return how many."""
    with get_client(sync_client=True) as client:
        return _close(client, _runs(client, flow, project, _AT_WORK), Crashed(message=_KILLED))


def gather_missed(flow: str, project: str) -> datetime | None:
    """Cancel the runs of a project whose time has passed, and return when the last of them was due."""
    with get_client(sync_client=True) as client:
        late = [
            run
            for run in _runs(client, flow, project, (StateType.SCHEDULED,))
            if run.expected_start_time and run.expected_start_time < datetime.now(UTC)
        ]
        _close(client, late, Cancelled(message=_MISSED))
    return max((run.expected_start_time for run in late if run.expected_start_time), default=None)


def start_missed(deployment: UUID, due: datetime) -> None:
    """Start the one run that stands for those that were due until then."""
    with get_client(sync_client=True) as client:
        client.create_flow_run_from_deployment(deployment, idempotency_key=f"missed {due.isoformat()}", tags=["missed"])


def _runs(client: SyncPrefectClient, flow: str, project: str, states: Sequence[StateType]) -> list[FlowRun]:
    found: list[FlowRun] = []
    while True:
        page = client.read_flow_runs(
            flow_filter=FlowFilter(name=FlowFilterName(any_=[flow])),
            deployment_filter=DeploymentFilter(name=DeploymentFilterName(any_=[project])),
            flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(states)))),
            limit=_PAGE,
            offset=len(found),
        )
        found += page
        if len(page) < _PAGE:
            return found


def _close(client: SyncPrefectClient, runs: Sequence[FlowRun], state: State[Any]) -> int:
    for run in runs:
        client.set_flow_run_state(run.id, state)
    return len(runs)
