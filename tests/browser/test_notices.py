"""A citizen on a phone is told by mail of comments, answers one, and of what became of it all."""

from __future__ import annotations

import re

from consultazione.core.actor import Role
from consultazione.plan.commands.answering import take_in
from consultazione.proposals.queries import get_proposal
from tests.support.answering import answer_to
from tests.support.browser_person import Arrive, Person, it
from tests.support.factories import PASSWORD, Factory
from tests.support.kept_mail import answerable_mail, mailed_link
from tests.support.proposal_story import Story
from tests.support.stack import Stack

ADDRESS = "carla.verdi@example.org"
SENTENCE = "In ogni Comune si apre uno sportello per chi assiste un familiare."


def write(carla: Person, page: str) -> int:
    """She submits a proposal, and follows it by that."""
    carla.sign_in(ADDRESS, PASSWORD)
    carla.visit(page)
    carla.fill(title="Sportello per chi assiste", body="Chi assiste un familiare è solo.")
    carla.press(it("Hand the proposal in"))
    carla.page.wait_for_url(re.compile(r"/proposte/\d+$"))
    return int(carla.page.url.rpartition("/")[2])


def enters_the_plan(make: Factory, proposal_id: int) -> None:
    """A sitting concludes on it, the outcome is closed, and the plan office takes it in."""
    with make.session() as session:
        proposal = get_proposal(session, proposal_id)
    story = Story.of(make, proposal)
    story.discuss()
    _outcome, contributions = story.forward(story.conclude())
    with make.database.transaction(make.holder(Role.PLAN_OFFICE)) as tx:
        take_in(tx, contribution_id=contributions[0].id, body=SENTENCE, reason="È un bisogno.")


def answers_a_comment_by_mail(carla: Person, stack: Stack, make: Factory, proposal_id: int) -> None:
    """She wants to be told of comments at once, and answers the mail that tells her of one."""
    carla.visit("/avvisi/impostazioni")
    carla.page.select_option("main [name=discussion]", label=it("By mail at once"))
    carla.press(it("Keep this choice"))
    carla.sees(it("Your choice is kept."))
    with make.session() as session:
        proposal = get_proposal(session, proposal_id)
    make.comment(proposal, body="E chi abita a Vergato?")
    mail = answerable_mail(stack.place, ADDRESS)
    answer = answer_to(mail, "Anche a Vergato, il martedì.", sender=f"Carla Verdi <{ADDRESS}>")
    done = stack.run("mail-in", fed=answer.as_string())
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    carla.visit(f"/proposte/{proposal_id}")
    carla.sees("Anche a Vergato, il martedì.")
    carla.sees(it("sent by e-mail"))
    carla.does_not_see("ha scritto")
    carla.check()


def test_a_citizen_is_told_what_became_of_a_proposal(arrive: Arrive, stack: Stack) -> None:
    make, carla = Factory(stack.database()), arrive("carla", phone=True)
    make.person(email=ADDRESS, display_name="Carla Verdi")
    table = make.table(name="Tavolo Welfare")
    proposal_id = write(carla, f"{make.here}/tavoli/{table.slug}/proposte/nuova")
    answers_a_comment_by_mail(carla, stack, make, proposal_id)
    enters_the_plan(make, proposal_id)

    carla.visit(mailed_link(stack.place, ADDRESS, "/piano/paragrafi/"))
    carla.sees(SENTENCE)
    carla.visit("/avvisi")
    carla.sees(SENTENCE)
    carla.press(it("Mark all as read"))
    carla.sees(it("All is marked as read."))
    carla.visit("/avvisi/impostazioni")
    carla.sees("Sportello per chi assiste")
    carla.press(it("Follow it no more"))
    carla.sees(it("You do not follow it any more."))
    carla.by_keyboard(it("Follow"))
    carla.sees(it("You follow it: you are told of what happens."))

    stranger = arrive("stranger", phone=True)
    stranger.visit(mailed_link(stack.place, ADDRESS, "/avvisi/niente-posta"))
    stranger.press(it("Stop the mails"))
    stranger.sees(it("You get no notices by mail any more. On the site you find them as before."))
    stranger.check()
