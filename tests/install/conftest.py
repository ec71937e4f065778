import pytest
import tree


@pytest.fixture(scope="session")
def installed(tmp_path_factory):
    """The folder of the .pc files after an installation into an empty root."""
    return tree.install_into(tmp_path_factory.mktemp("root"))
