"""HQ clip providers: one contract, one adapter a file, one table of them."""
