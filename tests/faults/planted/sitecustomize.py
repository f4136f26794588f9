"""Plants a bug in a real command: this folder goes first in its PYTHONPATH, and FAULTS_PLANT names the bug."""

import os

from tests.faults.plants import plant

plant(os.environ.get("FAULTS_PLANT", ""))
