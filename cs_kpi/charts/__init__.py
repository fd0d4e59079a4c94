"""Tables of readings -> figures -> pictures. A figure is core; showing it is the page's."""
