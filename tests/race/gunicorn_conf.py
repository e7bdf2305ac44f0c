"""The server of the race tests."""

import pytest  # noqa: F401 - where it is loaded, circle.settings takes the keys and the plain files of a test run

preload_app = True  # a worker is forked where Django is set up
workers = 2
threads = 4
control_socket_disable = True  # it would lie in the home directory, one for all servers of this user
