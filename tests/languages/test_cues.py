"""Every cue shows itself in a sentence and keeps out of its near miss; no text makes a pattern slow."""

import re
from collections import Counter
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SettingsError
from pipeline.labels import OTHER, label_ids
from pipeline.languages.th import cues
from pipeline.languages.th.cues import Hit, cue_set, find_cues
from pipeline.languages.th.openings import openings
from pipeline.languages.th.tokens import words_of

FILES = sorted((Path(cues.__file__).parent / "functions").glob("*.toml"))
# cue: a sentence that shows it, and one that looks like it and does not
EXAMPLES = {
    "obligation": ("ทีมงานจะต้องฟังก่อนพูด", "ชาวสวนจะต้องการปุ๋ยเพิ่ม"),
    "requirement": ("งานแบบนี้ต้องอาศัยเวลา", "ลุงไม่ต้องมานั่งรอ"),
    "necessity": ("จำเป็นต้องมีคนกลาง", "ยังไม่จำเป็นตอนนี้"),
    "should": ("ควรจดทันทีหลังประชุม", "เงินควรค่าแก่การเก็บรักษา"),
    "hindsight": ("รู้งี้ปลูกไผ่ก่อน", "ผมรู้อยู่แล้วครับ"),
    "prohibition": ("อย่าเพิ่งแจกแบบสอบถาม", "ปักเสาเป็นแถวอย่างนี้"),
    "ban": ("ห้ามจอดเรือหน้าท่า", "รถห้ามล้อไม่ดี"),
    "no-need": ("ไม่ต้องรอให้ครบทุกคน", "เขาไม่ต้องการปุ๋ย"),
    "without-having-to": ("เด็กมาเองโดยไม่ต้องเรียก", "เด็กมาเองโดยไม่มีรองเท้า"),
    "warning": ("ข้อควรระวังคือไฟลามข้ามแนว", "ทีมเฝ้าระวังภัยตั้งเต็นท์"),
    "otherwise": ("จดไว้ก่อน ไม่งั้นลืม", "งานวัดปีนี้คนแน่น"),
    "first-then": ("ถามให้รู้ก่อนแล้วค่อยลงมือ", "ป้าแดงค่อยยังชั่วแล้ว"),
    "way-of-doing": ("ใช้วิธีจับคู่คนเก่ากับคนใหม่", "นักเทคนิคการแพทย์มาเจาะเลือด"),
    "by-means-of": ("ชวนคนด้วยการเดินไปหาถึงบ้าน", "เขาเดินผ่านศาลาไป"),
    "all-it-takes": ("แค่เปิดไฟก็เห็นทาง", "มีแค่เก็บของเท่านั้น"),
    "instead-of": ("แทนที่จะแจกเอกสารให้เดินดูของจริง", "เขาไปแทนพี่สาว"),
    "example": ("ของเหลือใช้ เช่น ยางรถเก่า", "เขาเช่นเดียวกันกับน้อง"),
    "key": ("หัวใจของวงนี้คือการฟัง", "ลุงเป็นโรคหัวใจมานาน"),
    "importance": ("สิ่งสำคัญคือเวลา", "เอกสารสำคัญอยู่ในตู้"),
    "success-factor": ("ปัจจัยที่ทำให้กลุ่มอยู่ได้คือเงินออม", "ถวายปัจจัยแด่พระ"),
    "depends-on": ("ขึ้นอยู่กับฤดู", "เรือขึ้นอยู่บนคาน"),
    "works": ("วิธีนี้ได้ผลทุกหมู่บ้าน", "ปีนี้ได้ผลผลิตสามตัน"),
    "does-not-work": ("แจกใบปลิวไม่ได้ผล", "สวนนี้ไม่ได้ผลผลิตเลย"),
    "togetherness": ("ให้ชาวบ้านมีส่วนร่วมตั้งแต่วันแรก", "เขามีส่วนแบ่งน้อย"),
    "improvement": ("น้ำในคลองดีขึ้น", "แกยกมือดีดกีตาร์"),
    "conflict": ("สองกลุ่มขัดแย้งกันเรื่องราคา", "ทอผ้าลายท้องถิ่นขาย"),
    "unwilling": ("คนรุ่นใหม่ไม่สนใจทำนา", "ไม่มากก็น้อย"),
    "misunderstanding": ("เข้าใจผิดเรื่องวันนัด", "เข้าใจดีทุกคน"),
    "fragmentation": ("ต่างคนต่างทำ", "คนต่างถิ่นมาเที่ยว"),
    "absence": ("สมาชิกหายหน้าไปทีละคน", "ทำหมวกหายหนึ่งใบ"),
    "criticism": ("ชาวบ้านตำหนิว่าช้า", "วิจัยเรื่องข้าวสามปี"),
    "unfair": ("คนจนถูกเอาเปรียบเรื่องราคา", "ปลูกป่าโกงกางริมคลอง"),
    "criticism-introduced": ("ขอแย้งนิดหนึ่งครับ", "หลานนอนขอบเตียง"),
    "stoppage": ("งานหยุดชะงักเพราะฝน", "หยุดพักกินข้าว"),
    "leaving": ("ครูลาออกกลางเทอม", "ลูกวัวออกลาย"),
    "disaster": ("น้ำท่วมสะพานสองเดือน", "น้ำใสเห็นตัวปลา"),
    "breakage": ("ฝายพังตั้งแต่ปลายฝน", "ไปเที่ยวพังงา"),
    "debt": ("สมาชิกค้างชำระหลายงวด", "ผ้าผืนนี้ราคาดี"),
    "worse": ("ฝุ่นแย่ลงทุกปี", "ยกของหนักขึ้นบ้าน"),
    "own-fault": ("เราเองก็พลาดที่ไม่ถาม", "เราเดินพร้อมกัน"),
    "even-if": ("แม้ว่าฝนจะตกก็ไม่หยุด", "แม่ค้ามาแต่เช้า"),
    "although-in-fact": ("ทั้งที่ขอไปสามครั้ง", "ปลาทั้งตัว"),
    "but": ("คนมาเยอะ แต่เขากลับเร็ว", "เขามาแต่เช้า"),
    "but-not": ("คนมาเยอะแต่ไม่มีที่นั่ง", "แต่ไม่เป็นไรครับ"),
    "however": ("อย่างไรก็ตามเงินยังเหลือ", "ทำอย่างไรดี"),
    "before-now": ("แต่ก่อนต้องเดินสองวัน", "ห้าวันก่อนฝนมา"),
    "from-n-to-n": ("ลดลงจากสิบเหลือสอง", "ปลากระโดดลงจากเรือ"),
    "so-that": ("เพื่อให้เด็กกล้าถาม", "เพื่อนให้ยืมเรือ"),
    "for-the-purpose": ("เพื่อสุขภาพ", "เพื่อนบ้านมาเยี่ยม"),
    "hedge-guess": ("คงเป็นเพราะลม", "ของคงเหลือในตู้"),
    "may-happen": ("อาจเกิดน้ำล้นตลิ่ง", "อาจารย์มาถึงแล้ว"),
    "emphasis": ("อร่อยจริงๆ", "เรื่องจริงของลุง"),
    "focus": ("คนต่างหากที่ยาก", "เราพักห้องต่างกัน"),
    "in-addition": ("นอกจากนี้ยังมีตลาด", "เขาอยู่นอกเมือง"),
    "thanks": ("ขอบคุณทุกบ้านมากค่ะ", "วางขอบกระถางให้ตรง"),
    "greeting": ("สวัสดีพี่น้องทุกท่าน", "เด็กเรียนดีทุกวิชา"),
    "blessing": ("เป็นกำลังใจให้นะ", "หมดกำลังคนแล้ว"),
    "apology": ("ขออภัยที่มาช้า", "ขออนุญาตเข้าไป"),
    "praise": ("ชื่นชมน้องๆ ทุกคน", "ฝนเริ่มชุ่มดิน"),
    "read-it": ("แวะมาอ่านค่ะ", "แวะซื้อปลา"),
    "laughing": ("ลืมปิดไมค์ 555", "ตึกฮวงจุ้ยดี"),
    "polite-particle": ("ไปด้วยนะคะ", "คะแนนเต็มสิบ"),
    "decision": ("ตกลงกันว่าเก็บทุกวันศุกร์", "มะพร้าวตกลงมาในบ่อ"),
    "resolution": ("ที่ประชุมมีมติให้ซ่อมก่อน", "มีมิตรดีเป็นพรอันประเสริฐ"),
    "approval": ("นายกอนุมัติงบซ่อมท่อ", "อนุบาลสามห้องเรียน"),
    "signing": ("หกหน่วยลงนามร่วมกัน", "ลงสนามตอนเย็น"),
    "assigned-formally": ("มอบหมายครูแดงถือบัญชี", "มอบรางวัลแก่เด็กๆ"),
    "let-x-do": ("ให้ครูแดงไปถามเขต", "เขาให้ทานปลา"),
    "homework": ("การบ้านของทุกกลุ่มคือนับต้นไม้", "บ้านการเคหะ"),
    "entrusted": ("ฝากพี่หวานถามช่าง", "เงินฝากธนาคาร"),
    "takes-on": ("ลุงคำรับปากว่าจะพาไป", "ไปรับลูกที่โรงเรียน"),
    "host": ("บ้านเหนือเป็นเจ้าภาพ", "เป็นเจ้านายใหม่"),
    "i-will": ("ผมจะส่งแบบให้", "ผมจำได้ครับ"),
    "team-will": ("ทีมจะลงหมู่สี่ต้นปี", "เรือของทีมจอดริมท่า"),
    "will-do": ("จะจัดตลาดนัดริมคลอง", "เขาจัดดอกไม้สวย"),
    "will-try": ("จะลองปลูกแปลงเดียวก่อน", "ลองกองออกดกมาก"),
    "would-have": ("ตอนแรกว่าจะไปเรือ", "คนแรกมาถึงแล้ว"),
    "postponed": ("เลื่อนไปหลังสงกรานต์", "ครูได้เลื่อนขั้นแล้ว"),
    "cancelled": ("ยกเลิกงานปลายปี", "เด็กเลิกเรียนแล้ว"),
    "replaced": ("ย้ายมาจัดที่ศาลา", "ย้ายบ้านใหม่"),
    "until": ("เก็บไว้จนกว่าจะครบ", "เดินจนเหนื่อย"),
    "under-way": ("กำลังรวบรวมรายชื่อ", "กำลังวังชาดี"),
    "done": ("ส่งแบบแล้วเสร็จทุกหมู่", "เสร็จหรือยังคะ"),
    "past-done": ("ผ่านไปแล้วสองวัน", "ผ่านตลาดทุกวัน"),
    "dialect-lack": ("บ้านเฮาบ่มีไผเฮ็ด", "บ่อน้ำเต็ม"),
    "dialect-cannot": ("เฮ็ดบ่ได้ดอก", "บ่อใหญ่กว่านา"),
    "dialect-question": ("เฮ็ดจั่งใดดี", "จั่นไฟชำรุด"),
    "dialect-advice": ("อย่าฟ้าวขาย", "ฟ้าขาวทั้งวัน"),
    "dialect-action": ("มื้ออื่นสิไปเบิ่ง", "สิบไร่ริมห้วย"),
    "dialect-cheer": ("ม่วนหลายเด้อ", "เจ้าของสวน"),
    "chat-spelling": ("จริงอ่ะ", "อ่าวไทยตอนบน"),
    "people-in-general": ("คนที่ไม่พูดมักรู้มาก", "คนที่สามของแถวชื่อแดง"),
    "things-in-general": ("กติกาที่คนตั้งเองไม่มีใครลืม", "ของที่ระลึกวางบนโต๊ะ"),
    "doing-in-general": ("การฟังให้จบทำให้คนกล้าเล่า", "การบ้านของเด็ก"),
    "in-general": ("คนพูดเก่งมักลืมฟัง", "เสมอตัวทุกปี"),
    "whenever": ("เวลาคุยกับคนแก่ให้นั่งต่ำกว่า", "เวลาสิบโมง"),
    "not-x-but-y": ("ไม่ใช่เงิน แต่เป็นเวลา", "ไม่ใช่ครับ"),
    "not-only": ("ไม่ใช่แค่เงิน", "ไม่ใช่ครับ"),
    "the-more": ("ยิ่งเร่งยิ่งช้า", "ยิงปลากลางคืน"),
    "better-than": ("ปลูกเองดีกว่าซื้อเขากิน", "ของดีกวางโจว"),
    "more-than": ("เชื่อเพื่อนมากกว่าเชื่อป้าย", "คนมาฟังมากกว่า 20 คน"),
    "evaluation-good": ("ข้อดีคือเห็นของจริง", "พี่คนดีใจเย็น"),
    "discovery": ("พบว่าแม่บ้านจดบัญชีเก่ง", "ไปพบวัยรุ่นที่ลานวัด"),
    "learned": ("บทเรียนที่ได้คือต้องช้า", "ห้องเรียนสองห้อง"),
    "realized": ("เพิ่งเข้าใจว่าน้ำไม่ได้หายไปไหน", "เพิ่งมาถึงครับ"),
    "shows-that": ("แสดงให้เห็นว่าดินดี", "แสดงลิเกคืนนี้"),
    "meaning": ("แปลว่าน้ำยังไม่พอ", "แปลงผักหลังบ้าน"),
    "defines": ("จดบันทึกก็คือการฟังซ้ำ", "คือลุงแดงครับ"),
    "conclusion": ("สรุปได้ว่าดินต้องพัก", "จดสรุปทุกคืน"),
    "therefore": ("ดังนั้นน้ำจึงสำคัญ", "ดังนี้ครับ"),
    "observation": ("น่าสังเกตว่าเด็กมาเอง", "เขาสังเวยศาล"),
    "result": ("ปรากฏว่าคนเต็มศาลา", "ปรากฏการณ์ฟ้าสีส้ม"),
    "belief": ("เชื่อว่าเด็กทำได้", "แมวตัวนี้เชื่องมาก"),
    "opinion": ("ผมคิดว่าน้ำสำคัญ", "คิดค่าเรือคนละสิบ"),
    "agreement": ("เห็นด้วยค่ะ", "เห็นกันทุกวัน"),
    "maxim": ("คนโบราณว่าน้ำขึ้นให้รีบตัก", "คนโบกรถ"),
    "adds-experience": ("ขอเสริมเรื่องดิน", "หลานขอเสื้อใหม่"),
    "heading-of-problems": ("ปัญหาที่พบ", "ปัญญาของพ่อ"),
    "heading-of-lessons": ("สิ่งที่ได้เรียนรู้", "สิ่งของที่ต้องซื้อ"),
    "heading-of-plans": ("แผนต่อไป", "แผ่นที่สอง"),
    "heading-other": ("วันเวลา 5 มีนาคม", "เขาใช้วันเวลาอยู่กับสวน"),
    "picture": ("ภาพบรรยากาศในงาน", "สุขภาพที่ดีเริ่มที่บ้าน"),
    "page-furniture": ("หมายเลขบันทึก: 100", "หมายเหตุ"),
    "back-then": ("เมื่อวานฝนตก", "ฝนตกเมื่อไรก็ไป"),
    "today": ("ตอนเช้าหมอกลงจัด", "วันนี้จะเก็บขยะริมคลอง"),
    "and-then": ("จากนั้นเดินดูแปลง", "จากนครมาถึง"),
    "travelling": ("ขับรถสามชั่วโมง", "ขับไล่นก"),
    "food-and-weather": ("กินข้าวใต้ต้นไม้", "ข้าวราคาดี"),
    "laughter-and-tears": ("ทุกคนหัวเราะ", "น้ำตาลขึ้นราคา"),
    "ceremony": ("นายอำเภอกล่าวเปิดงาน", "เปิดน้ำเข้านา"),
    "took-part": ("ได้มีโอกาสฟังลุงคำ", "ได้ปลามาสองตัว"),
    "attendance": ("ผู้เข้าร่วมนั่งเต็มศาลา", "ผู้เข้าใจเรื่องน้ำดีคือลุงคำ"),
    "place-and-hall": ("ณ ศาลาวัดท่าน้ำ", "คณะครูมาครบ"),
    "who-i-am": ("ดิฉันเป็นครูอนุบาล", "ดิฉันเป็นห่วงค่ะ"),
    "the-story-so-far": ("โครงการนี้เริ่มปีก่อน", "เริ่มเดินตอนเช้า"),
    "about-this-post": ("บันทึกนี้ยาวหน่อย", "ปูพื้นคอนกรีตบล็อกคอนกรีต"),
    "in-order": ("มีสี่ข้อดังนี้", "เสียงดังลั่น"),
    "aside": ("พูดเล่นนะ", "เล่นน้ำคลอง"),
    "people-did": ("ผมนั่งฟังอยู่หลังห้อง", "เส้นผมร่วง"),
    "debate": ("เถียงกันจนค่ำ", "นั่งเรียงกันเป็นแถว"),
    "plan": ("วางแผนปลูกป่าชายเลน", "กางแผนที่ดูทางน้ำ"),
    "preparing": ("รับสมัครคนขับเรือ", "เก็บกวาดศาลา"),
    "goal": ("ตั้งเป้าห้าร้อยต้น", "เป้าสะพายหลัง"),
    "next-step": ("ขั้นต่อไปคือขอที่ดิน", "ขั้นบันไดหัก"),
    "intention": ("ตั้งใจจะปลูกเพิ่ม", "เด็กตั้งใจเรียน"),
    "writes-to": ("ทำหนังสือถึงอำเภอ", "หนังสือเก่าเล่มหนึ่ง"),
    "goes-to-see": ("หารือกับนายก", "หาปลากับพ่อ"),
    "follow-up": ("ติดตามผลทุกหมู่", "ตามเด็กกลับบ้าน"),
    "money-terms": ("ลงขันคนละสิบบาท", "ตักน้ำหนึ่งขัน"),
    "limit-terms": ("กู้ได้คนละไม่เกินพัน", "รถไม่เกินไปจากนี้"),
    "agreement-term": ("1) สนับสนุนพันธุ์ปลาทุกหมู่", "เขาสนับสนุนน้องเสมอ"),
    "item-task": ("งานของเรา\n- ส่งรายชื่อให้ครูแดง", "เขาส่งปลาให้น้อง"),
    "clause-let": ("ประชุมเสร็จ ให้ครูแดงจดต่อ", "ป้าให้ปลาเขา"),
    "clause-will": ("ตกลงแล้ว จะเก็บค่าน้ำหลังละสิบ", "เขาจะเก็บผัก"),
    "term-verbs": ("ร่วมกันดูแลคลอง", "เขาร่วมเดินทาง"),
    "problem-is": ("ปัญหาคือน้ำเค็มขึ้นถึงสวน", "พบปัญหาการใช้งานโทรหาเรา"),
    "problem-talk": ("นั่งแก้ปัญหาด้วยกัน", "แก้ผ้าอาบน้ำ"),
    "obstacle": ("ติดขัดเรื่องรถ", "ติดป้ายหน้าวัด"),
    "red-tape": ("เรื่องถูกตีกลับสามครั้ง", "ตีกลองกลางคืน"),
    "difficulty": ("ทำงานลำบากมาก", "ลำน้ำแบบนี้หายาก"),
    "risk": ("เสี่ยงน้ำล้น", "ไปเสี่ยงเซียมซี"),
    "weakness": ("จุดอ่อนของกลุ่มคือบัญชี", "จุดธูปสามดอก"),
    "error": ("ตัวเลขคลาดเคลื่อน", "รถเคลื่อนช้าๆ"),
    "burden": ("งานเอกสารกลายเป็นภาระ", "ภารกิจวันนี้"),
    "worry": ("กังวลเรื่องค่าไฟปลายปี", "รักษาตัวด้วย เป็นห่วงนะ"),
    "fear": ("กลัวว่าน้ำจะมาเร็ว", "โรคกลัวน้ำ"),
    "regret": ("น่าเสียดายที่ไม่มีใครจด", "น่ารักดี"),
    "doubt": ("ไม่แน่ใจว่าจะพอ", "แน่นอนครับ"),
    "discouraged": ("หลายคนท้อแท้", "ท้องถิ่นของเรา"),
    "proposal": ("เสนอให้ย้ายตลาดเข้าร่ม", "เสน่ห์ของตลาด"),
    "would-be-good": ("น่าจะจัดตอนเย็น", "น่าจะฝนตก"),
    "try-it-yourselves": ("ลองใช้ขี้เถ้าดูสิ", "ลองกองออกดกมาก"),
    "request": ("ขอความร่วมมือทุกบ้าน", "ขอบบ่อทรุด"),
    "invitation": ("ขอเชิญชวนทุกบ้าน", "ชวนชมออกดอก"),
    "want-somebody-to": ("อยากให้หมอมาคุย", "อยากให้กำลังใจ"),
    "hope-with-actor": ("หวังว่าเทศบาลจะมาดู", "หวังว่าฝนจะหยุด"),
    "hope": ("หวังว่าฝนจะหยุด", "หวังว่าเทศบาลจะมาดู"),
    "sequel": ("แล้วจะมาเล่าต่อ", "เล่นกันต่อ"),
    "how-question": ("แล้วจะทำอย่างไรกับน้ำเสีย", "ทำอย่างดี"),
    "who-question": ("แล้วใครจะเป็นคนเก็บเงิน", "ใครก็มาอ่านได้"),
    "whether-question": ("ยังไม่รู้ว่าคุ้มไหม", "ผ้าไหมสีสวย"),
    "asked-of-readers": ("รบกวนถามเรื่องปุ๋ยค่ะ", "เขาถามทาง"),
    "why-question": ("ทำไมเด็กหายไปครึ่งห้อง", "ใครก็มาอ่านได้"),
    "unknown": ("ไม่รู้ว่าน้ำไปไหน", "ไม่รู้จักกัน"),
    "question-raised": ("คำถามคือใครได้ประโยชน์", "คำตอบอยู่ข้างหลัง"),
    "rhetorical-question": ("สวยใช่ไหม", "ผ้าไหมสวย"),
    "social-question": ("เป็นอย่างไรบ้างคะ", "เป็นอย่างนี้ทุกปี"),
    "cause": ("เพราะแม่บ้านช่วยกันจด", "เขาเพราะปลูกผักกินเอง"),
    "formal-cause": ("เนื่องจากฝนตกหนัก", "เนื้อจากตลาด"),
    "comes-from": ("ความไว้ใจเกิดจากการทำด้วยกัน", "เด็กเกิดที่นี่"),
    "cause-in-a-lack": ("เพราะไม่มีคนจด", "เพราะแม่บ้านจด"),
    "effect": ("เล่นเกมก่อนทำให้เด็กกล้าถาม", "ถึงจะมีเรือแค่ลำเดียว"),
    "effect-helps": ("เงินออมช่วยให้นอนหลับ", "ช่วยพ่อหาปลา"),
    "effect-bad": ("น้ำเค็มส่งผลกระทบต่อสวน", "ส่งผลไม้ไปตลาด"),
    "becomes": ("ขยะกลายเป็นปุ๋ย", "ลายผ้าสวย"),
    "only-then": ("ต้องชิมเองจึงจะรู้", "จึงไปหาหมอ"),
    "then-will": ("ไม่จดไว้ก็จะลืม", "ผมก็ไม่รู้เหมือนกัน"),
    "so-it-was": ("น้ำลดจึงเริ่มปลูกได้", "เขาจึงไปตลาด"),
    "if": ("ถ้าฝนมาเร็วให้เก็บก่อน", "เป็ดออกไปหากินแต่เช้า"),
    "if-not": ("ถ้าไม่จดก็ลืม", "ถ้าไม่รังเกียจเชิญครับ"),
    "if-one-wants": ("ถ้าจะปลูกไผ่ให้ขุดหลุมลึก", "ถ้วยจานชาม"),
    "but-if": ("แต่ถ้าฝนมาช้าก็อีกเรื่อง", "แต่แม่มา"),
    "threat-if": ("ถ้าลุงคำป่วยขึ้นมาใครจะเปิดประตูน้ำ", "ถ้าเขียวพร้อมกันก็เก็บ"),
    "as-soon-as": ("พอเห็นตัวเลขทุกคนเงียบ", "พอดีเลยครับ"),
    "lack": ("ยังขาดคนขับเรือ", "แม่ค้าไม่พอใจราคาใหม่"),
    "no-people": ("ไม่มีคนเฝ้า", "ไม่มีคนเจ็บ"),
    "nobody": ("ไม่มีใครกล้าถาม", "ใครก็มาอ่านได้"),
    "no-money": ("ไม่มีงบซ่อมเรือ", "เงินอยู่ในตู้"),
    "no-thing": ("ไม่มีเวลาคุย", "เวลาสิบโมง"),
    "is-not-there": ("ที่นี่ไม่มีตลาด", "ไม่มีวันลืม"),
    "not-enough": ("ข้าวไม่พอ", "ไม่พอใจราคา"),
    "only-so-few": ("ทั้งหมู่มีแต่คนแก่", "แค่เพื่อนบ้านมาเยี่ยม"),
    "is-left": ("เหลือแค่สองคน", "ให้ความช่วยเหลือ"),
    "not-even-n": ("มาไม่ถึงครึ่ง", "ฝนตกไม่ถึงกับหนัก"),
    "share": ("ร้อยละสิบของรายได้", "ร้อยดอกไม้"),
    "cannot": ("ไม่สามารถนัดครบทุกหมู่", "ไม่สามัคคี"),
    "not-able": ("เบิกไม่ได้สักที", "ไม่ได้ผลดีนัก"),
    "cannot-help": ("อดไม่ได้ต้องหัวเราะ", "อดข้าวไม่ได้นาน"),
    "not-yet": ("ยังไม่ได้ซ่อมคอสะพาน", "ยังไม่จำเป็นตอนนี้"),
    "there-is-not-yet": ("ยังไม่มีเจ้าภาพ", "ยังมีปลาอยู่"),
    "never": ("ไม่เคยมีใครมาดู", "ไม่เคยลืมพี่เลย"),
    "still": ("เรื่องนี้ยังค้างอยู่", "ยังดีครับ"),
    "did-not": ("ปีนี้ไม่ได้ประชุม", "ไม่ได้ผลดี"),
    "too-much": ("ถนนแคบเกินไป", "ปีนี้กำไรเกิน"),
    "one-person-holds-it": ("มีลุงคำรู้ทางน้ำอยู่คนเดียว", "อยู่คนละบ้าน"),
    "says": ("ท่านบอกว่าดี", "บอกทางให้เขา"),
    "he-says": ("ท่านว่าดินดี", "ว่าวขาดลอยไป"),
    "stresses": ("ท่านย้ำว่าให้ฟังก่อน", "เดินย้ำอยู่กับที่"),
    "complains": ("ชาวบ้านบ่นว่าช้า", "แกบ่มมะม่วง"),
    "asks": ("เขาถามว่าไปไหน", "ถามทางกลับบ้าน"),
    "ordered": ("นายสั่งให้หยุด", "สั่งข้าวผัด"),
    "promised": ("ท่านรับปากว่าจะดูให้", "เขารับจ้างเกี่ยวข้าว"),
    "on-a-day": ("นัดวันที่ 5", "เมื่อวันที่ 5"),
    "on-a-weekday": ("เสาร์นี้ล้างตลาด", "เสาเรือหัก"),
    "in-a-month": ("ปลายมีนาคมจะเปิด", "มีนาอยู่ห้าไร่"),
    "next-time": ("เดือนหน้าเจอกัน", "หน้าต่างบานใหม่"),
    "deadline": ("ส่งภายในสิ้นเดือน", "ขายกันภายในชุมชน"),
    "after-the-feast": ("ทำหลังสงกรานต์", "หลังคารั่ว"),
    "clock": ("บ่ายโมงตรง", "คนละโยชน์"),
    "appointment": ("นัดกันที่ศาลาวันพุธ", "ถนัดกว่าเดิม"),
    "starting-from": ("เริ่มใช้ต้นปี", "เริ่มเดินช้าๆ"),
    "recurrence": ("ล้างตลาดเดือนละครั้ง", "ทุกวันนี้คนเดินน้อย"),
    "rotation": ("ผลัดกันเฝ้า", "ผลไม้หลายอย่าง"),
}
BY_CUE = [pytest.param(cue, id=cue.name) for cue in cue_set()]


def names(text):
    """Return the cues that begin at a word of the text."""
    return {cue_set()[hit.cue].name for hit in find_cues(text, accumulate(map(len, words_of(text)), initial=0))}


def test_every_cue_has_its_examples():
    assert [cue.name for cue in cue_set()] == list(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_cue_is_found_and_its_near_miss_is_not(name):
    shows, near_miss = EXAMPLES[name]
    assert name in names(shows)
    assert name not in names(near_miss)


def test_a_hit_begins_where_a_word_begins():
    assert "stoppage" in {cue_set()[hit.cue].name for hit in find_cues("สร้าง")}
    assert names("สร้าง") == set()
    assert [hit.start for hit in find_cues("สร้างโรงร้าง", [0, 5, 8])] == [8]


@pytest.mark.parametrize("cue", BY_CUE)
def test_a_cue_votes_for_a_label_with_a_weight_and_has_a_family(cue):
    assert cue.votes in (*label_ids(), OTHER)
    assert cue.weight in (1, 2, 3)
    assert cue.patterns
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", cue.family)


def test_no_pattern_stands_twice():
    counts = Counter(pattern.pattern for cue in cue_set() for pattern in cue.patterns)
    assert [pattern for pattern, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_function_is_glossed_in_a_line_and_its_file_is_short(file):
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 300
    assert max(map(len, lines)) <= 500
    assert [lines[place - 1] for place, line in enumerate(lines) if line == "[[cue]]" and not lines[place - 1].startswith("# ")] == []


SENTENCES = [*(text for pair in EXAMPLES.values() for text in pair), "a b\n\n\r\n - 1 (2) ๆ"]


@pytest.mark.parametrize("cue", BY_CUE)
def test_a_pattern_finds_nothing_empty_and_stays_in_its_line(cue):
    for pattern in cue.patterns:
        assert pattern.search("") is None
        for sentence in SENTENCES:
            assert all(found[0] and "\n" not in found[0] for found in pattern.finditer(sentence)), pattern.pattern


@pytest.mark.parametrize("cue", BY_CUE)
def test_a_pattern_begins_plainly_and_repeats_within_bounds(cue):
    for pattern in cue.patterns:
        assert "" not in openings(pattern.pattern), pattern.pattern
        assert not re.search(r"(?<!\\)[*+](?![^\[]*\])|\{\d+,\}", pattern.pattern), pattern.pattern


@pytest.mark.parametrize("cue", BY_CUE)
def test_a_pattern_ends_on_thousands_of_repetitions(cue):
    for pattern in cue.patterns:
        for opening in sorted(openings(pattern.pattern))[:3]:
            sum(1 for _ in pattern.finditer(opening * 3_000))


@pytest.mark.parametrize("text", ["ไม่ใช่", "ยิ่ง", "การทำงาน", "จะ", "ให้", "เดี๋ยว", "ทีม", "1", "1 ", "จำนวน1", " ", "ก"])
def test_hostile_repetitions_are_read_to_their_end(text):
    hits = find_cues(text * 100_000)
    assert all(hit.start < hit.end <= len(text) * 100_000 for hit in hits)


def every_hit(text):
    """Return what each pattern finds when it alone looks through the whole text."""
    found = {Hit(number, *match.span()) for number, cue in enumerate(cue_set()) for pattern in cue.patterns for match in pattern.finditer(text)}
    whole = (hit for hit in found if not cues._breaks_syllable(text, hit.end))
    return sorted(whole, key=lambda hit: (hit.start, hit.end, hit.cue))


@given(st.lists(st.sampled_from([*(text for pair in EXAMPLES.values() for text in pair), " ", "\n", "จะ", "ไม่", "1", "ก"]), max_size=6).map("".join))
def test_the_quick_search_finds_what_every_pattern_finds_alone(text):
    assert list(dict.fromkeys(find_cues(text))) == every_hit(text)


@pytest.fixture
def functions(tmp_path, monkeypatch):
    """Return the folder that cues are read from in this test."""
    folder = tmp_path / "functions"
    folder.mkdir()
    monkeypatch.setattr(cues, "__file__", str(tmp_path / "cues.py"))
    cue_set.cache_clear()
    yield folder
    cue_set.cache_clear()


def block(name="wish", votes="action", patterns='["อยากให้"]', more=""):
    return f'[[cue]]\nname = "{name}"\nvotes = "{votes}"\nweight = 1\npatterns = {patterns}\n{more}\n'


def test_files_are_read_in_the_order_of_their_names(functions):
    (functions / "b.toml").write_text(block("hope"), encoding="utf-8")
    (functions / "a.toml").write_text(block(more='family = "wish"') + block("dream"), encoding="utf-8")
    assert [(cue.name, cue.family) for cue in cue_set()] == [("wish", "wish"), ("dream", ""), ("hope", "")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (block(votes="hope"), 'wishes.toml, cue "wish": "votes" must be a label. Got "hope"'),
        (block() + block(), 'wishes.toml, cue "wish": a name must stand for one cue.'),
        (block(patterns='["อยาก("]'), 'wishes.toml, cue "wish": each pattern must be a regular expression. Got "อยาก("'),
    ],
    ids=["label", "name", "pattern"],
)
def test_a_cue_that_is_wrong_is_named(functions, text, said):
    (functions / "wishes.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        cue_set()
    assert said in caught.value.en
    assert "wish" in caught.value.th


@pytest.mark.parametrize(("text", "name"), [("ถ้าทำไม่จริงก็ไม่เห็นผล", "why-question"), ("ส่งงานวันที่ 1 กพ.49 พยายามให้ทัน", "picture")])
def test_a_hit_ends_with_its_syllable(text, name):
    cut = {text[hit.start : hit.end] for hit in find_cues(text)}
    assert "ทำไม" not in cut
    assert "49 พย" not in cut
    assert name not in names(text)


def test_a_month_is_shown_whole():
    text = "นัดวันที่ 8 มกราคม"
    assert "8 มกราคม" in {text[hit.start : hit.end] for hit in find_cues(text)}
