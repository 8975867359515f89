"""Measures quality and speed on public question sets; nothing in the program needs it."""
