"""The walk-in door: a registrar fills in the same questions with somebody."""

from flask import Blueprint

bp = Blueprint("walkin", __name__)
