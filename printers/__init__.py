"""Everything about paper: slips, ESC/POS, printers and their faults; nothing about queues."""
