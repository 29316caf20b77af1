"""The desk: who waits on me today, and everything about one person."""

from flask import Blueprint

bp = Blueprint("desk", __name__)
