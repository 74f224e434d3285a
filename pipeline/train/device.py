"""The processor that learns: the machine's own, or a graphics processor.

Comes in: the name of a device. Goes out: whether it is there, and how to compute on it. Refuses a device that the machine does not have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from pipeline.errors import SettingsError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

CPU, CUDA = "cpu", "cuda"


def need_device(name: str) -> None:
    """Refuse a device that is not there.

    Raises:
        SettingsError: saying which there are.
    """
    if name not in {CPU, CUDA} or (name == CUDA and not torch.cuda.is_available()):
        raise SettingsError(
            en=f"--device: must be cpu, or cuda where torch finds a graphics processor. Got {name}. Leave it out, or use such a machine.",
            th=f"--device: ต้องเป็น cpu หรือ cuda ในเครื่องที่มีการ์ดจอที่ torch ใช้ได้ แต่ได้รับ {name} ไม่ต้องระบุก็ได้ หรือใช้เครื่องที่มีการ์ดจอ",
        )


def quick(device: torch.device) -> AbstractContextManager[None]:
    """Return a context in which a graphics processor multiplies in half precision; others reckon in full."""
    context: AbstractContextManager[None] = torch.autocast(device.type, torch.bfloat16, enabled=device.type == CUDA)
    return context
