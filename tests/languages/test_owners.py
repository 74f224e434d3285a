"""Owners, states and answers as Thai says them plainly."""

import time

import pytest

from pipeline.languages.th import answers, bystanders, doers, hearsay, owners, remarks, selves, states, turns, venues


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("วันพุธครูแดงจะพิมพ์ใบปลิว", []),  # the name does not open its clause
        ("พรุ่งนี้ครูแดงจะพิมพ์ใบปลิว", ["ครูแดง"]),
        ("ลุงสีกับครูแดงจะพิมพ์ใบปลิว", ["ลุงสี", "ครูแดง"]),
        ("ปลัดสรุปว่าป้ายพอแล้ว", []),
        ("กับครูแดงจะพิมพ์ใบปลิว", ["ครูแดง"]),
        ("ครูแดงจะพิมพ์ใบปลิว", ["ครูแดง"]),
        ("ใบปลิวหมดแล้ว เดี๋ยวผมจะพิมพ์เพิ่ม", ["ผม"]),
        ("อบต.รับดูแลเรื่องรถ", ["อบต."]),
        ("ลุงสีไปเอากุญแจที่วัด", ["ลุงสี"]),
        ("เรื่องกุญแจ ลุงไปมาแล้ว", []),  # within a passage only who takes something on is plain …
        ("เรื่องกุญแจ ลุงสมชายทำใหม่แล้ว", ["ลุงสมชาย"]),  # … or who is called by name
        ("เรื่องกุญแจ ผู้ใหญ่ตกลงกันแล้ว", []),
        ("เรื่องกุญแจ จะเชิญ ลุงสมชายมาเล่า", []),
        ("เรื่องกุญแจ ลุงสมชายจะได้ไม่ต้องรอ", []),
        ("ป้ายหมดแล้ว โดยให้ลุงสมชายเขียนใหม่", ["ลุงสมชาย"]),
        ("ครูแดงเสนอให้ย้ายวัน", []),
        ("อบต.รับทราบแล้ว", []),
        ('มีป้ายเขียนว่า "ชาวบ้านจะทำอะไร"', []),
        ("พรุ่งนี้เช้าผมโทรไปจองรถให้", ["ผม"]),  # who writes takes it on, wherever the word stands
        ("รถของผมจะส่งซ่อมวันพุธ", []),
        ("ผมจะให้ช่างมาดู", []),
        ("เวทีจะเริ่มบ่ายโมง", []),  # a meeting does nothing itself
        ("ผมกับลุงสีขนโต๊ะไปแล้ว", ["ผม"]),  # where the word opens a clause any deed counts
        ("ป้ายเก่าให้ดิฉันเก็บไปซ่อม", ["ดิฉัน"]),
        ("ผมคิดว่าช่างควรมา หนูไม่ว่าง", []),
        ("ที่อำเภอผมจะมีงานวัด", []),
        ("ลุงหายดีแล้วทุกเช้าวันพระจะไปวัด", []),  # no name is that long
        ("ครูครับ ไปด้วยไหม", []),  # is called
        ("ท่าน ผอ.จะมาเปิดงาน", ["ท่าน ผอ."]),
        ("ครูไม่ว่าง พี่นิดจะดูแทน", ["พี่นิด"]),  # what stands before the blank is no title, but tells something
        ("ปลัดกล่าวว่า อบต.จะออกค่ารถ", ["อบต."]),
        ("พี่ส่งโต๊ะให้วัด", ["พี่"]),
        ("ครูแดงเช็ครายชื่อเด็กทุกสิ้นเดือน", ["ครูแดง"]),  # a person by name owns any deed at the opening …
        ("ครูแดงจะให้เด็กเช็ครายชื่อ", []),  # … but lets others do theirs
        ("ลุงเพิ่มมาลัยสองพวง", []),  # a title alone may open a name that no list knows
        ("อาหารเช้าตัดออกได้", []),  # the title is part of a word
        ("นายกนาดีผมพบแล้วเมื่อวาน", []),  # he is the topic, the writer acts
        ("ทั้งนี้ อบต. เร่งซ่อมฝาย", ["อบต."]),  # nothing before it but what joins sentences; short names have a blank behind them
        ("น้ำลงแล้ว ซึ่งปัจจุบัน อบต. ได้ซ่อมฝายไว้สองแห่ง", ["อบต."]),
        ("ฝายพัง ผมยืมทรายของวัด อบต.ได้สองคัน", ["ผม"]),
        ("ท่านบอกว่าทีมงานจะนัดกันทุกเดือน", ["ทีมงาน"]),
        ("รอจนกว่าทีมงานจะนัดกันใหม่", []),
        ("ลุงสีถามว่าชาวบ้านจะมากี่คน", []),
        ("ป้าศรีกลัวว่าชาวบ้านจะรับไม่ไหว", []),  # what is feared or left open is taken on by nobody
        ("ตอนนี้ไม่รู้ว่าทีมงานจะไปกันกี่คน", []),
        ("ที่ประชุมเห็นด้วยว่าเราจะเริ่มใหม่", []),
        ("พักไว้ถึงหลังเลือกนายก อบต. จะผ่านไป", []),  # the office is his
        ("ป้ายหมดแล้ว ซึ่งทาง กศน.จะพิมพ์ให้", ["กศน."]),
        ("เปิดแนวทาง กศน.จะพิมพ์ให้", ["กศน."]),
        ("มติให้ครูแดงเช็ครายชื่อ", ["ครูแดง"]),
        ("ป้ายหมดแล้ว มอบหมายให้ฝ่ายเลขานุการในเรื่องพิมพ์ป้าย", []),  # no list knows who that is
        ("ที่ประชุมมอบหมาย พช.ในเรื่องป้าย", ["พช."]),  # who is charged with it owns it, whatever follows
        ("ยังไม่ได้มอบหมายให้ครูแดงพิมพ์ป้าย", []),
        ("งานนี้ไม่ต้องให้ทาง พช.ช่วยเก็บข้อมูล", []),
        ("ขอให้ อบต.ทุกแห่งส่งรายชื่อ", ["อบต.ทุกแห่ง"]),
        ("ให้ทาง พช.ช่วยเก็บข้อมูล", ["พช."]),
        ("ย้ายไปห้องใหญ่ ให้ครูแดงได้สอนเต็มวัน", []),  # so that she can
        ("เอาใบงานไปส่งให้ครูแดงตรวจ", []),
        ("พิมพ์ป้ายใหม่แล้ว ให้ชาวบ้านอ่านกันเอง", []),  # for whom it is done
        ("พิมพ์ป้ายใหม่แล้ว โดยให้ลุงสีอ่านก่อน", []),  # within a passage the tagger decides …
        ("พิมพ์ป้ายใหม่แล้ว และสั่งการให้ลุงสีอ่านก่อน", ["ลุงสี"]),  # … but for verbs of assigning
        ("ให้ชาวบ้านอ่านป้ายกันเอง", ["ชาวบ้าน"]),
        ("เดี๋ยวหนูส่งเบอร์ให้ค่ะ", ["หนู"]),
        ("พรุ่งนี้หนูขอนัดกับป้าติ๋มหน่อยครับ", ["หนู"]),  # ครับ holds no deed
        ("ครูแดงรับว่าจะจัดเวรกับป้าสมหน่อยครับ", ["ครูแดง"]),
        ("ลุงโชครับไปทำป้าย", ["ลุงโชค"]),  # … but a name may end in ค
        ("ประชุมเสร็จ พี่นาครับเป็นคนพิมพ์", ["พี่นาค"]),
        ("ตั้งชมรมปั่นจักรยาน โดยมีครูแดงเป็นประธาน", ["ครูแดง"]),  # who is there as something
        ("งานวัด มีป้าแดงคอยดูเตา", ["ป้าแดง"]),
        ("งานวัด มีป้ามาช่วยสามคน", []),  # nobody is named
        ("งานวัด ไม่มีป้าแดงเป็นแม่งานแล้ว", []),
        ("งานวัด มีป้าแดงเป็นคนไข้เก่า", ["ป้าแดง"]),
        ("ก่อนเลิกให้การบ้านกรรมการทุกคนไปถามเพื่อนบ้าน", ["กรรมการทุกคน"]),
        ("ครูให้การบ้านมาสองข้อ", []),
        ("มอบหมายทีมเลขาให้รวมชื่อ", []),  # half a name
        ("ให้เวลาทีมทำป้ายอีกสองวัน", ["ทีม"]),
        ("ส่วนบ้านหนองกลางจะส่งคนมาขุด", ["บ้านหนองกลาง"]),
        ("ทุกหมู่ส่งคนมาสองคน", ["ทุกหมู่"]),  # each of several
        ("ทั้ง 3 ตำบล จะคืนข้อมูลเดือนหน้า", ["ทั้ง 3 ตำบล"]),
        ("ทุกหมู่มีป้ายแล้ว", []),
        ("ขอให้ทุกคนกลับไปถามที่บ้าน", ["ทุกคน"]),  # told once, though a list has them, too
        ("ป้ายหมดแล้ว ขอให้แต่ละกองทุนพิมพ์เอง", ["แต่ละกองทุน"]),
        ("ป้ายหมดแล้ว ไม่ต้องให้แต่ละกองทุนพิมพ์เอง", []),
        ("เลื่อนวัน ให้แต่ละกองทุนได้พิมพ์ก่อน", []),  # so that they can
        ("ตำบลละสองคนส่งชื่อมา", []),  # counted out
        ("แจกแบบให้แต่ละกองทุนแล้ว", []),
        ("ทำคู่มือ ให้ทุกคนใช้ง่าย", []),  # for whom it is done
        ("เตรียมข้าว ให้ทุกคนเอากลับบ้าน", []),
        ("ซื้อยา ให้ลุงสมชายใช้", []),
        ("เลื่อนวัน ไม่ควรจะให้แต่ละกองทุนพิมพ์", []),
        ("เพื่อนรออยู่ เสียดาย ลุงสมชายไปก่อน", []),  # what is told of somebody only says when, why or whose …
        ("ทำป้ายกัน ตอน ครูแดงสอนอยู่", []),
        ("ไปดูแปลง ลุงสมชายปลูกไผ่", []),
        ("ป้ายหมดแล้ว ลุงสมชายทำไมไม่บอก", []),  # … or is asked
        ("ป้ายใหม่ ลุงสมชายทำหายไปแล้ว", []),
        ("ถ้า มีครูแดงช่วย น่าจะเสร็จ", []),  # who is not there, or no longer
        ("เมื่อก่อน มีหลวงพ่อเป็นประธาน", []),
    ],
)
def test_who_plainly_takes_something_on(said, named):
    assert [said[start:end] for start, end in owners.clear_owners(said)] == named


@pytest.mark.parametrize(
    ("behind", "speaks"),
    [
        ("เสนอให้เลื่อน", True),
        ("รับว่าให้ช่างลองดูก่อน", True),
        ("ว่ากติกาเดิมยังใช้อยู่", True),
        ("ว่าจะไปดูให้", False),
        ("ไปดูแล้ว", False),
        ("เห็นควรให้เลื่อน", True),
        ("แจ้งว่าป้ายหมด", True),
        ("แจ้งว่าจะทำป้าย", False),
        ("ไม่เอาด้วย", True),
        ("อย่าเผาตอซัง", True),  # who is asked to leave something does nothing
        ("อย่างละสองคน", False),
        ("ขอเชิญทุกท่าน", True),
        ("ขอเอาไปเสนอเวทีหน้า", False),
        ("ให้ไปถามก่อน", True),
        ("ให้ยืมโต๊ะสิบตัว", False),
        ("มีหน้าที่เปิดห้อง", False),
        ("ว่าน่าจะเลื่อนวัน", True),  # an opinion, though จะ stands in it
        ("ว่าจะเลื่อนวัน", False),
        ("ยกมือว่าห้องเปิดทั้งคืน", True),
        ("มาด้วยวันหลังก็ว่าป้ายใหญ่ไป", True),  # who comes along and says
        ("มาด้วยก็ว่าจะช่วยทาสี", False),
    ],
)
def test_who_only_speaks_owns_nothing(behind, speaks):
    assert bystanders.only_speaks(behind) is speaks


@pytest.mark.parametrize(
    ("said", "who", "shown"),
    [
        ("ให้ครูแดงพิมพ์ใบปลิว", "ครูแดง", "let and does"),
        ("สสจ.ส่งรถมาสองคัน", "สสจ.", "opens and does"),
        ("ตกลงให้ครูแดงคนเดียว", "ครูแดง", "let"),
        ("เลื่อนเวลา ให้ครูได้สอนก่อน", "ครู", "none"),  # so that they can
        ("ขอให้ครูได้สอนก่อน", "ครู", "let and does"),
        ("ครูแดงคนเดียว", "ครูแดง", "opens"),
        ("วันพุธครูแดงเปิดห้อง", "ครูแดง", "does"),
        ("ส่งใบปลิวให้ครูแดง", "ครูแดง", "none"),
        ("จะเชิญ สสจ.มาฟัง", "สสจ.", "does"),
        ("ครูแดงกับลุงสีและป้าศรีพิมพ์รายชื่อ", "ครูแดง", "opens and does"),  # what those do who are joined to her
        ("ครูแดงกับลุงสีและป้าศรีใจดี", "ครูแดง", "opens"),
        ("อบต.ทั้ง 7 แห่งสมทบเงิน", "อบต.", "opens and does"),
        ("ครูแดง (คนใหม่) ปรับแบบฟอร์ม", "ครูแดง", "opens and does"),
        ("การโอนบัญชีให้ อบต. เริ่มแล้ว", "อบต.", "none"),  # ends with who gets it
        ("ครูแดงกลับบ้านแล้ว", "ครูแดง", "opens"),
        ("ครูแดงกลับไปถามเด็ก", "ครูแดง", "opens and does"),
        ("ครูแดงตกลงใจแล้ว", "ครูแดง", "opens"),
        ("ครูแดงคืนวันเสาร์", "ครูแดง", "opens"),  # what only looks like a deed
        ("ครูแดงเยี่ยมมากเลย", "ครูแดง", "opens"),
        ("ครูแดงเยี่ยมบ้านเด็ก", "ครูแดง", "opens and does"),
        ("ครูแดงจับไข้", "ครูแดง", "opens"),
        ("อบต.นับร้อยแห่ง", "อบต.", "opens"),
        ("โรงเรียนบ้านนาปิดเทอม", "โรงเรียนบ้านนา", "opens"),
        ("อบต.พบปัญหาเรื่องรถ", "อบต.", "opens"),
        ("อบต.พบผู้ใหญ่ทุกเดือน", "อบต.", "opens and does"),
        ("หนังสือของ อบต.", "อบต.", "none"),
    ],
)
def test_what_shows_that_somebody_does_it(said, who, shown):
    start = said.index(who)
    assert owners.evidence(said, start, start + len(who)) == shown


@pytest.mark.parametrize(
    ("said", "who", "none"),
    [
        ("ประชาคมหมู่แรกเริ่มวันพุธ", "ประชาคมหมู่แรก", True),  # is held, and holds nothing
        ("เลื่อนงานเพื่อให้ครูมีเวลาตรวจ", "ครู", True),
        ('ขีดช่อง "ชาวบ้านจะออกอะไร" ทิ้ง', "ชาวบ้าน", True),
        ("ให้ตรวจนับก่อนวันพุธ", "ตรวจนับ", True),  # what is to be done, not who does it
        ("ให้พิมพ์ใจตรวจนับก่อนวันพุธ", "พิมพ์ใจ", False),
        ("รถจะเข้าประตูสาม", "รถ", True),
        ("ป้ายหน้าวัดจะเปลี่ยนวันพุธ", "ป้ายหน้าวัด", True),
        ("ป้ายุพินจะมาวันพุธ", "ป้ายุพิน", False),
        ("ครูตรวจให้เสร็จก่อนวันพุธ", "ครู", False),
        ("ขออนุญาตลุงจันเอารูปไปลงป้าย", "ลุงจัน", True),  # somebody else asks his leave
        ("วัดระดับน้ำทุกเช้า", "วัดระดับ", True),  # no temple, but what is done
        ("วัดดอนกลางจัดเวร", "วัดดอนกลาง", False),
        ("รีบทำป้ายเพราะว่าทีมงานจะย้ายห้อง", "ทีมงาน", True),  # why it is done
        ("เนื่องจาก อบต.จะปิดถนน ขอเลื่อนเวที", "อบต.", True),
        ("สงสัยว่า อบต.จะเลื่อน", "อบต.", True),  # doubted, heard or asked, also behind a blank
        ("มีข่าวว่าเทศบาลจะรื้อตลาด", "เทศบาล", True),
        ("ตกลงว่า อบต.จะเลื่อน", "อบต.", False),
        ("อยากพาครูไปดูโรงสี", "ครู", True),  # who is taken along
        ("ครูพาเด็กไปดูโรงสี", "ครู", False),
        ("วันพุธจะชวนครูแดงกับลุงสีไปดูโรงสี", "ลุงสี", True),  # whoever is taken along with somebody is taken along, too
        ("วันพุธชวนเด็กไปวัด ครูแดงกับลุงสีจะขับรถให้", "ลุงสี", False),
        ("ชวนครูแดงเขียนป้ายกับลุงสี", "ลุงสี", False),
        ("จดหมายจากเลขาก็มาแล้ว", "เลขา", True),
        ("นอกจากครูแดงจะพิมพ์ป้าย ลุงสีก็ทาสี", "ครูแดง", False),  # she does it, and somebody else, too
        ("มอบสมุดเล่มเก่าให้ครูแดงไปแล้ว", "ครูแดง", True),  # who has got it
        ("มอบสมุดเล่มเก่าให้ครูแดงไปแจก", "ครูแดง", False),
        ("ให้ครูแดงไปแล้ว", "ครูแดง", False),
        ("ขอทวนว่าผมจดถูกหรือไม่", "ผม", True),  # is asked, not promised
        ("ตกลงว่าผมจดเอง", "ผม", False),
        ("ตกลงว่าผมทอผ้าไหม", "ผม", False),
        ("ที่อำเภอผมกำลังทำแผน", "ผม", True),  # whose it is
        ("ที่อำเภอ ผมกำลังทำแผน", "ผม", False),
        ("ให้มีคณะทำงานตำบลละสองคน", "มีคณะ", True),
        ("ให้มีชัยตรวจป้าย", "มีชัย", False),
        ("เดือนหน้าจะจัดเวร", "เดือนหน้า", True),  # when, not who
        ("วันออกพรรษาจะเอากลองลง", "วันออกพรรษา", True),
        ("เดือนเพ็ญจะจัดเวร", "เดือนเพ็ญ", False),
        ("ให้หยุดสลับกันวันพุธ", "หยุด", True),
        ("ย้ำว่าอย่าให้ครูต้องเฝ้าโต๊ะ", "ครู", True),  # who shall not do it …
        ("ทำไมไม่ให้ครูเฝ้าโต๊ะ", "ครู", False),  # … and who should
        ("บางคนว่าให้ อบต.มาซ่อม", "อบต.", True),  # only some would let them
        ("ตกลงว่าให้ อบต.มาซ่อม", "อบต.", False),
        ("ขึ้นทะเบียน อสม.นำทาง", "อสม.", True),  # who is enrolled or called
        ("โทรหาครูแดงก่อนส่ง", "ครูแดง", True),
        ("อ่านนิทานให้น้องนิดฟังทุกเย็น", "น้องนิด", True),  # for whom it is done
        ("เอาทะเบียนขึ้นจอให้ครูแดงดูพร้อมกัน", "ครูแดง", True),
        ("ให้ครูแดงดูวันที่ห้องว่าง", "ครูแดง", False),  # what she is to look for
        ("จัดคิวใหม่ เด็กจะได้ไม่ต้องรอ", "เด็ก", True),  # so that they need not
        ("จัดคิวใหม่ เด็กจะช่วยเรียก", "เด็ก", False),
        ("ลุงสีมาถึงก็ว่าต้องมีป้าย", "ลุงสี", True),  # only says so
        ("ลุงสีมาถึงก็ว่าจะทำป้าย", "ลุงสี", False),
        ("ลุงสีมาถึงก็ว่าเดี๋ยวจะทำป้ายให้", "ลุงสี", False),
        ("ลุงสีวันพุธก็ว่าง จะทำป้าย", "ลุงสี", False),  # has time
        ("ลุงสีมาถึงก็ว่าจ้างช่าง", "ลุงสี", False),
        ("ลุงสีทำป้ายใครก็ว่าสวย", "ลุงสี", False),  # others say so
        ("เรื่องขึ้นทะเบียน ครูแดงรับไปทำ", "ครูแดง", False),  # of what it is
        ("ขอแล้วเขาไม่ให้ ครูแดงจะไปขอใหม่", "ครูแดง", False),  # another clause
        ("อย่าให้ อบต.มาซ่อม", "อบต.", True),
        ("มอบหมายให้ครูแดงดูก่อน", "ครูแดง", False),  # is to do it
        ("สั่งการให้ครูแดงฟังเสียงชาวบ้าน", "ครูแดง", False),
    ],
)
def test_what_surely_owns_nothing(said, who, none):
    assert bystanders.is_none(said, said.index(who), said.index(who) + len(who)) is none


@pytest.mark.parametrize(
    ("said", "name"),
    [("ผอ.น่าจะพิมพ์เอง", "ผอ."), ("น้องไม่ต้องรอ", "น้อง"), ("น้องต้องตาต้องรอ", "น้องต้องตา"), ("อยากพิมพ์เอง", "อยาก"), ("ครูแดงพิมพ์เอง", "ครูแดง")],
)
def test_what_somebody_wants_or_must_is_no_part_of_the_name(said, name):
    end = next(said.index(deed) for deed in ("พิมพ์", "รอ") if deed in said)
    assert said[: owners.without_will(said, 0, end)] == name


@pytest.mark.parametrize(("said", "other"), [("ครูแดงกับลุงสมชายจะไป", "ลุงสมชาย"), ("ครูแดงกับ อบต. จะไป", "อบต."), ("ครูแดงกับจักรยาน", None)])
def test_who_stands_beside_an_owner(said, other):
    found = doers.beside(said, len("ครูแดง"))
    assert (said[found[0] : found[1]] if found else None) == other


@pytest.mark.parametrize(
    ("said", "sign"),
    [
        ("ขอเลื่อนงานวัดไปเดือนหน้า", "put off"),
        ("เรื่องนี้เอาไว้คราวหน้า", "put off"),
        ("งดงานวัดปีนี้", "given up"),
        ("ที่ประชุมไม่รับข้อเสนอ", "given up"),
        ("ทาสีเสร็จแล้วค่ะ", "ends with already"),
        ("กำลังทาสีอยู่", "going on"),
        ("เดือนเมษางดวงหนึ่งครั้ง", "given up"),
        ("เรื่องซุ้มให้พับไว้ เอาเงินไปซื้อกระถาง", "given up"),
        ("ถ้าฝนไม่ตกจะทาสี", "condition"),
        ("ยังไม่ทาสี", "not yet"),
        ("เรื่องซุ้มเอาไว้ปีหน้า", "kept for later"),
        ("เรื่องซุ้มยังไม่พิจารณา", "kept for later"),
        ("งานวัดปีนี้เลิก", "dropped"),
        ("ช่างไม่มาแล้ว", "dropped"),
        ("โครงการซุ้มที่เคยคุยกัน ตกไปแล้ว", "given up and already"),
    ],
)
def test_what_words_say_of_a_state(said, sign):
    assert sign in set(states.state_signs(said))


@pytest.mark.parametrize("said", ["เลื่อนตำแหน่ง", "ไปดูงานที่งดงาม", "กรอกใบสมัคร"])
def test_words_that_only_look_like_a_state(said):
    assert not {"put off", "given up", "waits"} & set(states.state_signs(said))


@pytest.mark.parametrize(
    "hostile",
    [
        "ครู" * 33_000,
        "ให้" * 33_000,
        "ไม่" * 33_000,
        "คุณก" * 25_000,
        "ขอบคุณ " * 14_000,
        "( " * 50_000,
        "ที่" * 33_000,
        "ที่วัด" * 16_000,
        "ผมจะ" * 25_000,
        "ลุงสี กับครูแดงจะ " * 6_000,
        "ทุ่ม ลาน" * 12_000,
        "1" * 100_000,
        "มอบหมายให้ครูแดงกับลุงสีและ" * 4_000,
        "มอบ" * 33_000,
        "ก็" * 50_000,
        "อบต. ทั้ง 7 แห่ง " * 6_000,
        "ครูแดง (ก) กับ " * 7_000,
        "ซึ่งทาง" * 14_000,
        "แล้ว" * 12_000 + "อบต.แล้ว" * 6_000,  # how far the opening reaches is looked for once, not from every name
        "และ" + " " * 50_000 + "ให้อบต. " * 6_000,
        " " * 100_000 + "ครูแดงมาแล้ว กลับแล้ว",
    ],
)
def test_no_expression_takes_more_than_linear_time(hostile):
    begun = time.process_time()
    list(owners.clear_owners(hostile)), list(selves.own_deeds(hostile))
    (
        bystanders.only_speaks(hostile),
        bystanders.tells_of_teller(hostile),
        doers.beside(hostile, 0),
        list(states.state_signs(hostile)),
        turns.turns_in(hostile),
    )
    answers.called_in(hostile), answers.selves_in(hostile), answers.gender(hostile), answers.asks(hostile), answers.signed(hostile)
    (
        venues.level_of(hostile),
        venues.whole_place(hostile, 0, 5),
        venues.without_count(hostile, 0, 20),
        [venues.bare_place_at(hostile, start, frozenset(["ดอนกลาง"])) for start in venues.bare_places(hostile)],
        hearsay.unnamed_teller(hostile[:70]),
        hearsay.is_taken_down(hostile[:250]),
        hearsay.taken_up(hostile),
        hearsay.calls_itself("ป้าแดง", hostile),
        owners.evidence(hostile, 50_000, 50_003),
        owners.is_deed(hostile, 9, 12),
        doers.opens_with_doer(hostile, 0),
        owners.without_will(hostile, 0, len(hostile)),
        owners.may_be_called("ท่าน", hostile),
        bystanders.is_none(hostile, 9, 12),
    )
    venues.place_in(hostile), answers.own_name(hostile), answers.name_above(hostile), answers.calls_several(hostile), answers.opens_as(hostile)
    assert time.process_time() - begun < 5


def test_a_doubt_is_searched_for_a_question_only_where_it_may_end_the_text():
    begun = time.process_time()
    assert remarks.asks("สงสัยว่าใคร" * 20_000)
    assert time.process_time() - begun < 2


def test_what_happens_in_a_stretch_that_grows_is_what_happens_in_it_alone():
    said = 'ท่านว่าผม็พอให้เราหัวเราะ "เขาะเพิ่งเข้าใจ หลังจากนั้นผมตกลงกันว่า ที่ฉัน็ไม่ไป'
    growing = turns.GrowingTurns()
    for end in (*range(len(said)), *range(len(said), 0, -3)):
        assert growing.of(said[:end]) == turns.turns_in(said[:end])


def test_a_stretch_that_grows_is_searched_once():
    line, growing = "ชาวนาลงแขกเกี่ยวข้าว" * 5_000, turns.GrowingTurns()
    begun = time.process_time()
    for end in range(0, len(line), 100):
        growing.of(line[:end])
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("นัดประชุมที่ห้องประชุม อบต.นาดี เวลาบ่ายโมง", "ห้องประชุม อบต.นาดี"),
        ("พบกัน ณ ศาลาวัดโพธิ์วันเสาร์", "ศาลาวัดโพธิ์"),
        ("ทำที่บ้านก็ได้", None),
        ("เรื่องที่จะทำต่อ", None),
        ("ก่อนที่ตลาดจะเปิด", None),
        ("นัดกันใหม่ 7 ก.ย. 19.00 น. ศาลากลางบ้านหนองแวง", "ศาลากลางบ้านหนองแวง"),
        ("ทำแผนที่บ้านเลี้ยงไก่", None),
        ("ฝากไว้ที่วัดเขาทองก่อน", "วัดเขาทอง"),
        ("นัดกันที่ศาลาบ้านหนองสองห้อง ตอนบ่าย", "ศาลาบ้านหนองสองห้อง"),
        ("จัดที่อบต.บางจะเกร็งวันที่ 5", "อบต.บางจะเกร็ง"),
        ("เริ่มที่หมู่ที่ 4 ก่อน", "หมู่ที่ 4"),
        ("เริ่มที่หมู่ ๑๒ ก่อน", "หมู่ ๑๒"),
        ("เวทีแรกที่บ้านดอนกลาง หมู่ 3 ตอนค่ำ", "บ้านดอนกลาง หมู่ 3"),
        ("เปิดวงที่หมู่ 1 หมู่ 5 หมู่ 8", "หมู่ 1"),  # several places: the first
        ("นัดที่ห้องประชุมดอกคูน โรงพยาบาลนาดี วันพุธ", "ห้องประชุมดอกคูน โรงพยาบาลนาดี"),
        ("ครั้งหน้า 19 ก.ค. 54 โรงเรียนบ้านนาดี", "โรงเรียนบ้านนาดี"),
        ("นัดวันที่ 6 บ่ายสองโมงครึ่งที่ว่าการอำเภอ", "ที่ว่าการอำเภอ"),
        ("นัดคนแก่ที่ศาลากลางบ้าน วัดความดันกันก่อน", "ศาลากลางบ้าน"),  # who measures names no temple
        ("เลี้ยงกันที่ลานตากข้าว บ้านเราเองก็ได้", "ลานตากข้าว"),
    ],
)
def test_a_place_that_is_named_plainly(said, place):
    found = venues.place_in(said)
    assert (said[found[0] : found[1]] if found else None) == place


@pytest.mark.parametrize(
    ("place", "level"),
    [
        ("ศาลาวัดโพธิ์", "venue"),
        ("ห้องประชุม อบต.นาดี", "venue"),
        ("บ้านลุงคำ", "venue"),
        ("บ้านหนองแวง หมู่ 3", "village"),
        ("ต.นาดี อ.เมือง", "tambon"),
        ("อำเภอนาดี", "amphoe"),
        ("จ.พะเยา", "province"),
        ("พะเยา", "province"),
        ("นาดี", None),
    ],
)
def test_of_which_level_a_place_is(place, level):
    assert venues.level_of(place) == level


def test_a_place_is_given_with_its_whole_name():
    said = "ที่ศาลาริมน้ำวัดโพธิ์ก่อนเที่ยง หมู่ 4 ด้วย"
    assert [said[start : venues.whole_place(said, start, start + size)] for start, size in ((3, 10), (said.index("หมู่"), 4))] == [
        "ศาลาริมน้ำวัดโพธิ์",
        "หมู่ 4",
    ]
    said = "ไปหมู่ที่ 4 ก่อน"
    assert [said[2 : venues.whole_place(said, 2, end)] for end in (6, 9)] == ["หมู่ที่ 4", "หมู่ที่ 4"]  # whichever part of it was found


@pytest.mark.parametrize(
    ("said", "place", "whole"),
    [
        ("ถอยรถที่วัดนาดี 3 คันรวด", "วัดนาดี 3", "วัดนาดี"),
        ("พักที่วัดนาดี 3 วันก่อน", "วัดนาดี 3", "วัดนาดี"),
        ("คุยกันที่ห้องประชุมชั้น 2 วันที่ 5 มีนาคม", "ห้องประชุมชั้น 2", "ห้องประชุมชั้น 2"),
        ("สอบกันที่โรงเรียนอนุบาล 2 วันศุกร์หน้า", "โรงเรียนอนุบาล 2", "โรงเรียนอนุบาล 2"),
        ("สอบกันที่โรงเรียนอนุบาล 2 เดือนพฤศจิกายน", "โรงเรียนอนุบาล 2", "โรงเรียนอนุบาล 2"),
        ("สอบกันที่โรงเรียนอนุบาล 2 เดือนกุมภา", "โรงเรียนอนุบาล 2", "โรงเรียนอนุบาล 2"),
        ("ค้างที่วัดนาดี 2 เดือนกว่า", "วัดนาดี 2", "วัดนาดี"),
        ("เปิดบัญชีที่วัดนาดี 2 รายงานผลบ่าย", "วัดนาดี 2", "วัดนาดี 2"),
        ("ติดป้ายที่อาคาร 3 คนมาดูเยอะ", "อาคาร 3", "อาคาร 3"),
    ],
)
def test_a_number_is_no_count_where_it_names_the_place_or_a_day_follows(said, place, whole):
    start = said.index(place)
    assert said[start : venues.without_count(said, start, start + len(place))] == whole


@pytest.mark.parametrize("going", ["ไป", "ไปอยู่", "ไปถึง", "แวะไป", "ย้ายไป", "ลงไป", "มาอยู่", "กลับ"])
def test_a_place_without_its_level_is_seen_behind_all_words_of_going(going):
    said = f"ปีหน้าคง{going}ดอนกลางกัน"
    assert said.index("ดอนกลาง") in venues.bare_places(said)


@pytest.mark.parametrize(
    ("said", "of_teller"),
    [
        ("ช่างบอกว่าเขาจะส่งแบบให้ผมดู", True),
        ("ยายเล่าว่าพรุ่งนี้แกจะเอาผ้ามาให้ดิฉัน", True),
        ("ประธานว่าท่านขอให้ผมจดแทน", True),
        ("ช่างบอกว่าผมจะส่งแบบให้เขา", False),
        ("ช่างบอกว่าแกนนำจะส่งแบบให้ผม", False),
        ("ช่างบอกว่าท่านปลัดให้ผมไปดู", False),
        ("เขาบอกช่างแล้ว ผมจะส่งแบบให้", False),
        ("ลุงคำบอกว่าผมจะรอ กว่าเขาจะมาก็เย็น", False),
        ("ลุงคำบอกว่าถึงแม้ว่าเขาไม่มา ผมจะไปเอง", False),
        ("ผู้ว่าท่านจะมา ผมจะไปรับ", False),  # the governor
        ("ช่างบอกว่าเขาสนามบินปิด ผมจะไปดู", False),
        ("ช่างบอกว่าเขาสนใจให้ผมไปดู", True),
        ("ลุงคำบอกว่าไม่ว่าเขาจะมาหรือไม่ ผมจะไปเอง", False),
    ],
)
def test_told_words_that_call_their_teller_by_a_pronoun_are_no_speech_of_his_own(said, of_teller):
    assert bystanders.tells_of_teller(said) is of_teller
