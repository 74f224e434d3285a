"""Windows of unlabelled text, and what a deep network sees of windows of several lengths. Needs torch."""

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs torch: install the extra train")

import torch

from pipeline.nlp.stretches import sign_of_part
from pipeline.train.deep import DeepContext, Depth
from pipeline.train.pretrain import read_unlabelled
from pipeline.train.tagger import WINDOW
from pipeline.train.windowed import cut_text

NEWS = [f"การประปาปิดน้ำวันที่ {number} เพื่อล้างถังพักน้ำ ขอให้ผู้ใช้น้ำเตรียมน้ำไว้ล่วงหน้า\n" for number in range(900)]
BLOG = [f"เมื่อวานฉันพาแม่ไปเดินเล่นริมคลองหลังบ้าน {number} รอบ อากาศเย็นสบายดีมาก\n" for number in range(60)]
SHALLOW = Depth(16, 2, 2)


@pytest.mark.parametrize(("first", "others", "of_blog"), [(NEWS, BLOG, 30), (NEWS, BLOG[:3], 0), (BLOG[:3], NEWS, 0), (NEWS, [], 0)])
def test_windows_of_unlabelled_text_are_of_the_files_and_stand_in_a_body(first, others, of_blog):
    text = read_unlabelled(first, ["สุนัข", "คลอง"], ["สุนัขเห่าทั้งคืน\n"] * 300, others)
    shown = cut_text(text, (20, 30), np.random.default_rng(0), "cpu")
    assert shown.rows.shape == (50, WINDOW)
    row_of = {word: row for row, word in enumerate(text.words, len(text.counts) - len(text.words))}
    assert row_of["สุนัข"] in text.rows
    assert row_of["สุนัข"] not in shown.rows
    assert (shown.rows == row_of["คลอง"]).any(1).sum() == of_blog
    assert shown.signs.sum(-1).eq(1).all()
    assert shown.signs[..., sign_of_part("body")].all()


def test_a_deep_context_does_not_see_padding():
    torch.manual_seed(5)
    context, words, gaps = DeepContext(SHALLOW), torch.randn(1, 6, SHALLOW.width), torch.zeros(1, 6, 4)
    gaps[:, :4, 0] = 1
    others = torch.where(gaps.sum(-1, keepdim=True) > 0, words, torch.randn_like(words))
    assert torch.allclose(context(words, gaps)[:, :4], context(others, gaps)[:, :4], atol=1e-6)
    assert torch.allclose(context(words, gaps)[:, :4], context(words[:, :4], gaps[:, :4]), atol=1e-5)
