"""What every test runs under."""

import signal

from hypothesis import settings

# A deadline measures the machine and not the code.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")

# A shell lets what it starts in the background ignore interrupts, and our children would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
