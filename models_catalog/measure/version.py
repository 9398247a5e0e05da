"""Which method issued results were made by. Apart from the method itself, whose libraries every process would carry."""

METHOD_VERSION = "3"
