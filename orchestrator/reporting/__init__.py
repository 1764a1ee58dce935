"""What a run tells: to whoever watches, to its logs, and to the account it leaves."""
