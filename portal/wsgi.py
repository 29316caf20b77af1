"""What the server loads."""

import os

from portal import create_app
from portal.settings import from_environment
from portal.web.logs import write_json_lines

write_json_lines()
app = create_app(from_environment(os.environ))
