"""What ends a command with one sentence in place of a traceback."""


class CannotStart(Exception):
    """The command cannot go on; the text says what to do, in whole sentences."""

    def __init__(self, text: str, *, exit_code: int = 2) -> None:
        super().__init__(text)
        self.exit_code = exit_code
