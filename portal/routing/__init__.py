"""Who a person meets first. Pure: standard library only."""
