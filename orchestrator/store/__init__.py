"""The registry of a show: blobs by digest, the memo over them, and what looks after both."""
