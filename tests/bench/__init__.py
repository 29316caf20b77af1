"""Figures in one run, as ratios to a bare Flask page and a bare durable insert on the same core."""
