"""The walk of a ticket through public doors: touch, slip, call, board; and the pulled plug."""

from __future__ import annotations

import signal
import threading
from typing import Any

import requests
import socketio
import zxingcpp

from printers.simulator import TcpPrinterSimulator


def take(centre: Any, token: str, **more: Any) -> Any:
    body = {"service": "ho-tich", "printer": "Máy in thử", **more}
    return centre.post("/sites/demo/tickets", token, body)


def connect_printer(centre: Any, printer: TcpPrinterSimulator) -> None:
    done = centre.command("printer", "add", "Máy in thử", printer.address, "--site", "demo")
    assert done.returncode == 0, done.stderr


def test_from_the_touch_to_the_board(centre: Any, printer: TcpPrinterSimulator) -> None:
    connect_printer(centre, printer)
    kiosk, officer, display = (centre.token(r) for r in ("kiosk", "officer", "display"))
    boards: list[Any] = []
    screen = socketio.Client()
    screen.on("board", boards.append)
    screen.connect(centre.address, auth={"token": display}, transports=["websocket"])
    assert screen.call("watch", {"site": "demo"})["ok"]

    issued = take(centre, kiosk).json()
    ticket = issued["ticket"]
    assert ticket["number"] == "A001"
    job = f"/print-jobs/{issued['print_job']['id']}"
    centre.wait_until(lambda: centre.get(job, kiosk).json()["state"] == "confirmed")
    paper = printer.papers()[0]
    code = zxingcpp.read_barcode(paper.picture.convert("L"))
    assert code is not None and code.text == ticket["status_url"]
    assert requests.get(ticket["status_url"], timeout=10).ok

    counters = centre.get("/sites/demo/counters", officer).json()["counters"]
    counter = next(c for c in counters if "ho-tich" in c["services"])
    centre.post(f"/counters/{counter['id']}/open", officer)
    called = centre.post(f"/counters/{counter['id']}/call-next", officer).json()["ticket"]
    assert called["id"] == ticket["id"]
    board = centre.wait_until(lambda: next((b for b in boards if b["calls"]), None))
    assert board["calls"][0]["number"] == "A001"
    assert board["calls"][0]["counter"] == counter["number"]
    assert board["active_calls"] == [called["call_id"]]
    screen.disconnect()


def test_a_printer_that_is_off_costs_no_ticket(centre: Any, printer: TcpPrinterSimulator) -> None:
    connect_printer(centre, printer)
    printer.switch_off()
    kiosk = centre.token("kiosk")
    issued = take(centre, kiosk)
    assert issued.status_code == 201
    job = f"/print-jobs/{issued.json()['print_job']['id']}"
    centre.wait_until(lambda: centre.get(job, kiosk).json()["reason"] == "offline")
    printer.switch_on()
    centre.wait_until(lambda: centre.get(job, kiosk).json()["state"] == "confirmed", 30)
    assert len(printer.papers()) == 1


def test_paper_that_runs_out_is_told_and_waited_for(
    centre: Any, printer: TcpPrinterSimulator
) -> None:
    connect_printer(centre, printer)
    printer.take_paper_out()
    kiosk = centre.token("kiosk")
    job = f"/print-jobs/{take(centre, kiosk).json()['print_job']['id']}"
    centre.wait_until(lambda: centre.get(job, kiosk).json()["reason"] == "paper_out")
    printers = centre.get("/sites/demo/printers", kiosk).json()["printers"]
    assert next(p for p in printers if p["name"] == "Máy in thử")["state"] == "paper_out"
    printer.load_paper()
    centre.wait_until(lambda: centre.get(job, kiosk).json()["state"] == "confirmed", 30)


def test_the_pulled_plug_loses_no_acknowledged_ticket(
    centre: Any, printer: TcpPrinterSimulator
) -> None:
    connect_printer(centre, printer)
    kiosk = centre.token("kiosk")
    acknowledged: list[dict[str, Any]] = []

    def keep_touching() -> None:
        while True:
            try:
                answer = take(centre, kiosk)
            except requests.RequestException:
                return
            assert answer.status_code == 201
            acknowledged.append(answer.json())

    kiosks = [threading.Thread(target=keep_touching) for _ in range(6)]
    for thread in kiosks:
        thread.start()
    centre.wait_until(lambda: len(acknowledged) > 40, 30)
    assert centre.stop(signal.SIGKILL) == -signal.SIGKILL
    for thread in kiosks:
        thread.join()

    centre.serve()
    numbers = [issued["ticket"]["number"] for issued in acknowledged]
    assert len(set(numbers)) == len(numbers)
    for issued in acknowledged:
        found = centre.get(f"/tickets/{issued['ticket']['token']}", kiosk)
        assert found.json()["number"] == issued["ticket"]["number"]
    new = take(centre, kiosk).json()["ticket"]["number"]
    assert new not in numbers and int(new[1:]) > max(int(n[1:]) for n in numbers)

    jobs = [f"/print-jobs/{issued['print_job']['id']}" for issued in acknowledged]
    ended = {"confirmed", "unconfirmed"}
    centre.wait_until(lambda: all(centre.get(j, kiosk).json()["state"] in ended for j in jobs), 60)
    states = [centre.get(j, kiosk).json()["state"] for j in jobs]
    assert states.count("unconfirmed") <= 1
