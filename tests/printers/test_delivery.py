"""Jobs on their way to a printer that works, and to one that does not.

Every fault is tried on a network printer and on a serial one, where both can have it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from printers import (
    Confirm,
    Delivery,
    Fault,
    Outcome,
    Patience,
    PrinterError,
    PrinterProfile,
    PrinterState,
    Slip,
    compose,
    print_slip,
    probe_state,
    send,
)
from printers.commissioning import find_confirmation
from printers.layout import render
from printers.simulator import PrinterSimulator, PtyPrinterSimulator, TcpPrinterSimulator

PROFILE = PrinterProfile()
States = list[PrinterState]


def in_background(work: Callable[[], Outcome]) -> Future[Outcome]:
    pool = ThreadPoolExecutor(max_workers=1)
    future = pool.submit(work)
    pool.shutdown(wait=False)
    return future


class Watch:
    """Hears states and lets a test wait for one."""

    def __init__(self) -> None:
        self.states: States = []
        self._changed = threading.Condition()

    def __call__(self, state: PrinterState) -> None:
        with self._changed:
            self.states.append(state)
            self._changed.notify_all()

    def wait_for(self, state: PrinterState, seconds: float = 5.0) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: state in self.states, seconds)


@pytest.mark.parametrize("confirm", [Confirm.EITHER, Confirm.PID, Confirm.GS_R])
def test_a_slip_on_paper_is_confirmed(
    printer: PrinterSimulator, slip: Slip, confirm: Confirm
) -> None:
    watch = Watch()
    profile = PrinterProfile(confirm=confirm)
    outcome = print_slip(printer.address, profile, slip, "job 1", on_state=watch)
    assert outcome == Outcome(Delivery.CONFIRMED, bytes_sent=len(compose(slip, profile, "job 1")))
    assert watch.states == [PrinterState.READY]
    (paper,) = printer.papers()
    assert paper.cut
    assert paper.picture.tobytes() == render(slip, profile.dots).tobytes()


def test_an_unexamined_printer_without_process_ids_confirms_by_its_paper_status(slip: Slip) -> None:
    with TcpPrinterSimulator(confirms=frozenset({"gs_r"})) as printer:
        outcome = print_slip(printer.address, PrinterProfile(speed=1000), slip, "1")
    assert outcome.state is Delivery.CONFIRMED


def test_a_printer_that_confirms_nothing_gets_its_slip_and_it_counts_as_sent(
    printer: PrinterSimulator, slip: Slip
) -> None:
    profile = PrinterProfile(confirm=Confirm.NONE)
    assert print_slip(printer.address, profile, slip, "1").state is Delivery.SENT
    assert printer.wait_until(lambda: len(printer.slips()) == 1)


def test_a_usb_printer_answers_through_its_device_file(
    pty_printer: PtyPrinterSimulator, slip: Slip
) -> None:
    outcome = print_slip(pty_printer.device_address, PROFILE, slip, "1")
    assert outcome.state is Delivery.CONFIRMED


def test_many_slips_follow_each_other(printer: PrinterSimulator, slip: Slip) -> None:
    for number in range(5):
        outcome = print_slip(printer.address, PROFILE, slip, f"job {number}")
        assert outcome.state is Delivery.CONFIRMED
    assert len(printer.slips()) == 5


def test_the_confirmation_comes_when_the_paper_is_out_and_not_before(slip: Slip) -> None:
    with TcpPrinterSimulator(speed=500) as printer:
        job = compose(slip, PROFILE, "1")
        sending = in_background(lambda: send(printer.address, PROFILE, job))
        assert printer.wait_until(lambda: len(printer.printed()) > 1000)
        assert not sending.done()
        assert sending.result(timeout=10).state is Delivery.CONFIRMED


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (PrinterSimulator.take_paper_out, Fault.PAPER_OUT),
        (PrinterSimulator.open_cover, Fault.COVER_OPEN),
        (PrinterSimulator.jam_cutter, Fault.ERROR),
    ],
)
def test_a_printer_that_cannot_print_is_given_nothing(
    printer: PrinterSimulator, fault: Callable[[PrinterSimulator], None], code: Fault
) -> None:
    fault(printer)
    with pytest.raises(PrinterError) as refused:
        send(printer.address, PROFILE, b"\x1b@A014\n")
    assert (refused.value.code, refused.value.bytes_sent) == (code, 0)
    assert refused.value.retryable
    assert printer.printed() == b""


def test_paper_that_is_nearly_gone_is_reported_and_used(
    printer: PrinterSimulator, slip: Slip
) -> None:
    printer.near_end()
    watch = Watch()
    outcome = print_slip(printer.address, PROFILE, slip, "1", on_state=watch)
    assert outcome.state is Delivery.CONFIRMED
    assert watch.states == [PrinterState.PAPER_NEAR_END]


def test_paper_out_in_mid_ticket_waits_for_paper_and_prints_one_slip(
    printer: PrinterSimulator, slip: Slip, hurry: Patience
) -> None:
    printer.take_paper_out(after_rows=300)
    watch = Watch()
    sending = in_background(
        lambda: print_slip(printer.address, PROFILE, slip, "1", patience=hurry, on_state=watch)
    )
    assert watch.wait_for(PrinterState.PAPER_OUT)
    assert not sending.done()
    printer.load_paper()
    assert sending.result(timeout=10).state is Delivery.CONFIRMED
    assert watch.states == [PrinterState.READY, PrinterState.PAPER_OUT, PrinterState.READY]
    (paper,) = printer.papers()
    assert paper.picture.tobytes() == render(slip, PROFILE.dots).tobytes()


def test_paper_out_is_noticed_also_without_confirmation(
    printer: PrinterSimulator, slip: Slip, hurry: Patience
) -> None:
    printer.take_paper_out(after_rows=300)
    profile, watch = PrinterProfile(confirm=Confirm.NONE), Watch()
    sending = in_background(
        lambda: print_slip(printer.address, profile, slip, "1", patience=hurry, on_state=watch)
    )
    assert watch.wait_for(PrinterState.PAPER_OUT)
    printer.load_paper()
    assert sending.result(timeout=10).state is Delivery.SENT


def test_nobody_brings_paper_and_the_job_ends_unconfirmed(
    printer: PrinterSimulator, slip: Slip
) -> None:
    printer.take_paper_out(after_rows=300)
    patience = Patience(confirm=0.2, person=0.4)
    outcome = print_slip(printer.address, PROFILE, slip, "1", patience=patience)
    assert (outcome.state, outcome.reason) == (Delivery.UNCONFIRMED, Fault.PAPER_OUT)
    assert outcome.bytes_sent > 0


def test_a_late_answer_to_an_old_job_confirms_no_new_one(
    printer: PrinterSimulator, slip: Slip, hurry: Patience
) -> None:
    printer.take_paper_out(after_rows=300)
    patience = Patience(confirm=0.2, person=0.3)
    old = print_slip(printer.address, PROFILE, slip, "old", patience=patience)
    assert old.state is Delivery.UNCONFIRMED
    printer.load_paper()
    watch = Watch()
    new = print_slip(printer.address, PROFILE, slip, "new", patience=hurry, on_state=watch)
    assert new.state is Delivery.CONFIRMED
    assert len(printer.slips()) == 2


def test_an_opened_cover_in_mid_ticket_is_reported_until_it_is_closed(
    slip: Slip, hurry: Patience
) -> None:
    with TcpPrinterSimulator(speed=500) as printer:
        watch = Watch()
        sending = in_background(
            lambda: print_slip(printer.address, PROFILE, slip, "1", patience=hurry, on_state=watch)
        )
        assert printer.wait_until(lambda: len(printer.printed()) > 1000)
        printer.open_cover()
        assert watch.wait_for(PrinterState.COVER_OPEN)
        printer.close_cover()
        assert sending.result(timeout=10).state is Delivery.CONFIRMED


def test_a_mute_printer_prints_and_stays_unconfirmed(
    printer: PrinterSimulator, slip: Slip, hurry: Patience
) -> None:
    printer.mute()
    watch = Watch()
    fast = PrinterProfile(speed=1000)
    outcome = print_slip(printer.address, fast, slip, "1", patience=hurry, on_state=watch)
    assert (outcome.state, outcome.reason) == (Delivery.UNCONFIRMED, Fault.TIMEOUT)
    assert watch.states == [PrinterState.UNKNOWN]
    assert printer.wait_until(lambda: len(printer.slips()) == 1)


def test_a_mute_printer_that_is_known_to_be_mute_counts_as_sent(
    printer: PrinterSimulator, slip: Slip
) -> None:
    printer.mute()
    profile = PrinterProfile(confirm=Confirm.NONE, status=False)
    assert print_slip(printer.address, profile, slip, "1").state is Delivery.SENT


def test_a_printer_that_is_not_there_may_be_tried_again(
    tcp_printer: TcpPrinterSimulator, slip: Slip
) -> None:
    tcp_printer.switch_off()
    with pytest.raises(PrinterError) as refused:
        print_slip(tcp_printer.address, PROFILE, slip, "1")
    assert refused.value.code is Fault.OFFLINE
    assert refused.value.retryable
    tcp_printer.switch_on()
    assert print_slip(tcp_printer.address, PROFILE, slip, "1").state is Delivery.CONFIRMED
    assert len(tcp_printer.slips()) == 1


def test_a_connection_reset_before_the_job_may_be_tried_again(
    tcp_printer: TcpPrinterSimulator, slip: Slip
) -> None:
    tcp_printer.reset_after(0)
    with pytest.raises(PrinterError) as refused:
        print_slip(tcp_printer.address, PROFILE, slip, "1")
    assert (refused.value.code, refused.value.bytes_sent) == (Fault.OFFLINE, 0)


def test_a_connection_reset_in_mid_ticket_leaves_it_unconfirmed(
    tcp_printer: TcpPrinterSimulator, slip: Slip
) -> None:
    tcp_printer.reset_after(20_000)
    outcome = print_slip(tcp_printer.address, PROFILE, slip, "1")
    assert (outcome.state, outcome.reason) == (Delivery.UNCONFIRMED, Fault.OFFLINE)


def test_a_cable_pulled_in_mid_ticket_leaves_it_unconfirmed(
    pty_printer: PtyPrinterSimulator, slip: Slip
) -> None:
    pty_printer.reset_after(20_000)
    outcome = print_slip(pty_printer.address, PROFILE, slip, "1")
    assert (outcome.state, outcome.reason) == (Delivery.UNCONFIRMED, Fault.OFFLINE)


def test_after_a_broken_job_the_next_slip_is_whole(
    tcp_printer: TcpPrinterSimulator, slip: Slip
) -> None:
    tcp_printer.reset_after(20_000)
    print_slip(tcp_printer.address, PROFILE, slip, "1")
    again = print_slip(tcp_printer.address, PROFILE, slip, "2", after_broken_job=True)
    assert again.state is Delivery.CONFIRMED
    assert tcp_printer.papers()[-1].picture.tobytes() == render(slip, PROFILE.dots).tobytes()


def test_a_printer_that_stops_taking_bytes_ends_the_wait(hurry: Patience) -> None:
    for stuck in (TcpPrinterSimulator(receive_buffer=4096), PtyPrinterSimulator()):
        with stuck:
            stuck.read_slowly(0)
            profile = PrinterProfile(status=False)
            outcome = send(stuck.address, profile, bytes(8_000_000), patience=hurry)
            assert (outcome.state, outcome.reason) == (Delivery.UNCONFIRMED, Fault.TIMEOUT)
            assert 0 < outcome.bytes_sent < 8_000_000


def test_a_slow_printer_is_given_its_time(printer: PrinterSimulator, slip: Slip) -> None:
    printer.read_slowly(60_000)
    assert print_slip(printer.address, PROFILE, slip, "1").state is Delivery.CONFIRMED


def test_pushed_status_is_understood_besides_the_answers(
    printer: PrinterSimulator, slip: Slip
) -> None:
    pushing = PrinterProfile(setup=b"\x1da\xff")
    assert print_slip(printer.address, pushing, slip, "1").state is Delivery.CONFIRMED


def test_the_state_between_jobs_is_asked_without_printing(printer: PrinterSimulator) -> None:
    assert probe_state(printer.address, PROFILE) is PrinterState.READY
    printer.open_cover()
    assert probe_state(printer.address, PROFILE) is PrinterState.COVER_OPEN
    printer.close_cover()
    printer.take_paper_out()
    assert probe_state(printer.address, PROFILE) is PrinterState.PAPER_OUT
    printer.mute()
    assert probe_state(printer.address, PROFILE) is PrinterState.UNKNOWN
    assert printer.printed() == b""


def test_a_printer_that_is_switched_off_is_offline(tcp_printer: TcpPrinterSimulator) -> None:
    tcp_printer.switch_off()
    assert probe_state(tcp_printer.address, PROFILE) is PrinterState.OFFLINE


@pytest.mark.parametrize(
    ("gives", "found"),
    [
        ({"pid", "gs_r"}, Confirm.PID),
        ({"gs_r"}, Confirm.GS_R),
        (set(), Confirm.NONE),
    ],
)
def test_commissioning_finds_the_best_confirmation(gives: set[str], found: Confirm) -> None:
    with TcpPrinterSimulator(confirms=frozenset(gives)) as printer:
        assert find_confirmation(printer.address, PROFILE, seconds=0.3) is found


def test_an_empty_printer_is_not_taken_for_a_mute_one(printer: PrinterSimulator) -> None:
    printer.take_paper_out()
    with pytest.raises(PrinterError) as refused:
        find_confirmation(printer.address, PROFILE, seconds=0.3)
    assert refused.value.code is Fault.PAPER_OUT
