from eventapp.foundation.templating import Templates


def test_a_template_reads_the_names_that_all_share(app):
    environment = Templates(app)
    template = environment.from_string("{{ word }}")
    environment.globals["word"] = "shared"

    assert template.render() == "shared"


def test_names_of_one_template_stay_its_own(app):
    environment = Templates(app)
    own = environment.from_string("{{ word }}", globals={"word": "own"})

    assert own.render() == "own"
    assert environment.from_string("{{ word }}").render() == ""


def test_a_page_imports_macros_that_read_the_shared_names(app):
    macro = app.jinja_env.from_string(
        "{% from 'components/icons.html' import kern %}{{ kern('x') }}"
    )

    assert "kern-icon--x" in macro.render()
    assert isinstance(app.jinja_env, Templates)
