"""The hand that drew the example show: integer painting and integer music."""
