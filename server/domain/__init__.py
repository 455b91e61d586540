"""The rules of the hall: pure functions over plain values, standard library only."""
