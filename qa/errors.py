"""What a user's file or question can get wrong, each with a sentence that says what to do."""


class InterviewError(Exception):
    """Root of every error that a user's input can cause; `str(error)` is fit to be shown as it is."""


class QuestionError(InterviewError):
    """The question cannot be asked: it is empty or too long."""


class EmptyInterviewError(InterviewError):
    """The text holds no words."""

    def __init__(self, title: str) -> None:
        super().__init__(f"“{title}” holds no words. Choose a text that has some.")
        self.title = title


class FileError(InterviewError):
    """A file cannot be read as an interview; `path` is the file."""

    def __init__(self, path: object, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = str(path)
        self.problem = problem


class ModelError(InterviewError):
    """The model that was asked for cannot be used; `model` is its name or path."""

    def __init__(self, model: str, problem: str) -> None:
        super().__init__(f"The model “{model}” {problem}")
        self.model = model
        self.problem = problem


class PackageError(InterviewError):
    """A package that the program needs is not installed for the Python that runs it; `package` is its name."""

    def __init__(self, package: str | None) -> None:
        super().__init__(
            f"The package {package} is not installed for this Python. Use the one that has it: .venv/bin/python"
        )
        self.package = package
