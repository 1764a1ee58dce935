"""What a director looks at: a still of each shot, the contact sheet, the review page."""

STILL_VERSION = 1
SHEET_VERSION = 1
PAGE_VERSION = 5
WAVEFORM_VERSION = 1
