"""``lrgui compare``: several settings trained side by side, over several seeds."""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from typing import Any

from pydantic import ValidationError

from lrgui import jobs
from lrgui.cli.command import Command
from lrgui.cli.comparison_output import comparison_record, show_comparison
from lrgui.cli.history import only_id
from lrgui.cli.keeping import add_history, opened_history
from lrgui.cli.options import BadInput, Parser, add_fields, config_from, describe_choices
from lrgui.cli.output import Output, add_output
from lrgui.cli.own_files import add_trust, check_own_files
from lrgui.cli.place import carried_out, describe_places, place_from
from lrgui.cli.work import carry_out
from lrgui.core.advice import advice_of
from lrgui.core.comparison_presets import PRESETS, comparison_on, with_own_rates
from lrgui.core.config import Arm, ComparisonConfig, ComparisonGround, Execution, RangeTestConfig
from lrgui.core.config.arm import parse_arm
from lrgui.core.config.fields import problems
from lrgui.core.config.place import Placement
from lrgui.core.messages import Message, Refused, joined, say
from lrgui.core.profile import COMPARISONS
from lrgui.core.runs import STATES, RunStatus
from lrgui.core.store import Store

NAME = "compare"

_CAN_GO_ON = (RunStatus.INTERRUPTED, RunStatus.STOPPED, RunStatus.FAILED)

_PRESETS = {preset.name: preset for preset in PRESETS}

_NOTES = say("""\
arms, one --arm each:
  --arm "cosine,warmup=1ep,learning_rate=1e-2"
  first the schedule; then its fields and those of the arm in any order: learning_rate, optimizer, plateau, name.
  Inside optimizer and plateau colons stand where commas stand otherwise:
  --arm "one_cycle,learning_rate=0.3,optimizer=sgd:momentum=0.9,name=super-convergence"
  "lrgui train --help" says which schedules there are, and their fields

All arms begin with the same weights and see the same batches, seed by seed. The same command goes on where a
comparison was broken off; the result is the one that it would have been.

JSON: arms [{{name, learning_rate, schedule, optimizer, seeds [{{seed, val_accuracy [...], best, final}}], mean, std}}],
verdict; mean and std are of the final accuracies
""")


def command(exit_codes: Message, exit_code_of: Mapping[RunStatus, int]) -> Command:
    """Return the command, with the exit codes that all have."""
    return Command(
        name=NAME,
        kind="comparison",
        summary=say("Train with several settings on the same data from the same weights, over several seeds."),
        config=ComparisonConfig,
        job=jobs.compare,
        title=say("Comparing"),
        record=comparison_record,
        show=show_comparison,
        picture="draw_comparison",
        pictures="comparison_picture",
        notes=joined((_NOTES, exit_codes), "\n"),
        exit_code_of=exit_code_of,
    )


def run_compare(command: Command, find: Command, words: list[str]) -> tuple[RunStatus, bool]:
    """Compare as it is asked, print and write the result; return how that ended, and whether all was written.

    ``find`` is the command that sweeps, where each arm is to have the rate that its own sweep recommends.

    Raises
    ------
    BadInput
        An option that there is not, or something in one that cannot be taken.
    """
    typed = _parser(command).read(words)
    execution, place = config_from(Execution, typed), place_from(typed)
    config = None if typed["resume"] else _config(typed)
    sweeps = config is not None and typed["preset"] is not None and _PRESETS[typed["preset"]].own_rates
    output = Output(command=command, details=typed["details"], json=typed["json"], plot=typed["plot"], save=None)
    output.check()
    quiet = not typed["details"]
    with nullcontext() if typed["no_history"] else opened_history(f"lrgui {NAME}", typed) as store:
        run_id = None
        if config is None:
            run_id, config = _broken_off(store, typed)
        check_own_files(config, typed)
        if sweeps:
            find = carried_out(find, place)
            config = with_own_rates(config, partial(_recommended, find, config, execution, store, quiet=quiet))
        folder = None if store is None else store.path.parent / COMPARISONS
        asked = carried_out(replace(command, job=partial(jobs.compare, folder=folder)), place)
        run = carry_out(asked, config, execution, quiet=quiet, store=store, run_id=run_id)
    failed = command.exit_code_of[run.status] == 1
    return run.status, output.hand_out(run, failed=failed)


def _broken_off(store: Store | None, typed: Mapping[str, Any]) -> tuple[str, ComparisonConfig]:
    """Return the comparison that is to go on, and take its place in the history.

    Raises
    ------
    BadInput
        There is none, or none that can go on.
    """
    prefix = typed["resume"]
    if store is None or typed["arm"] or typed["preset"]:
        raise BadInput(say("--resume {prefix}: it stands alone, without arms and --no-history.", prefix=prefix))
    try:
        before = store.load(only_id(store, prefix))
    except Refused as refused:
        raise BadInput(say("--resume {prefix}: {reason}", prefix=prefix, reason=refused.message)) from refused
    if not isinstance(before.config, ComparisonConfig):
        raise BadInput(say("--resume {prefix}: that run is no comparison.", prefix=prefix))
    if before.status not in _CAN_GO_ON:
        raise BadInput(
            say("--resume {prefix}: that comparison is {status}.", prefix=prefix, status=STATES[before.status])
        )
    store.drop(before)
    store.flush()
    return before.id, before.config


def _parser(command: Command) -> Parser:
    parser = Parser(
        prog=f"lrgui {NAME}",
        usage=f'lrgui {NAME} --arm "constant,learning_rate=3e-3" --arm "cosine,learning_rate=1e-2" [options]',
        description=str(command.summary),
        epilog=f"{describe_choices(ComparisonGround)}\n{describe_places()}\n\n{command.notes}",
    )
    arms = parser.add_argument_group(str(say("Arms")))
    arms.add_argument(
        "--arm",
        action="append",
        default=[],
        metavar="SCHEDULE[,KEY=VALUE,...]",
        help=str(say("A setting to compare; give it again for each further one.")),
    )
    arms.add_argument(
        "--preset",
        metavar="NAME",
        help=str(say("A ready comparison in place of arms: {names}.", names=", ".join(_PRESETS))),
    )
    arms.add_argument(
        "--resume",
        metavar="ID",
        help=str(say("Go on with a comparison that was broken off or stopped, by its id in the history.")),
    )
    add_fields(parser, ComparisonGround)
    add_fields(parser, Execution)
    add_fields(parser, Placement)
    add_trust(parser.add_argument_group(str(say("Own files"))))
    add_output(parser, say("Draw the median and the range of each arm."), saves=False)
    add_history(parser)
    return parser


def _config(typed: Mapping[str, Any]) -> ComparisonConfig:
    ground = config_from(ComparisonGround, typed)
    if typed["preset"] is not None:
        return _ready(typed, ground)
    if not typed["arm"]:
        raise BadInput(say('--arm: give at least one, as in --arm "cosine,learning_rate=1e-2", or a --preset.'))
    return comparison_of(ground, [_arm(word, ground) for word in typed["arm"]], typed["arm"])


def _ready(typed: Mapping[str, Any], ground: ComparisonGround) -> ComparisonConfig:
    """Return a ready comparison; how many epochs and seeds is as typed, if it was."""
    name = typed["preset"]
    if name not in _PRESETS or typed["arm"]:
        known = ", ".join(_PRESETS)
        raise BadInput(say("--preset {name}: give one of {known}, and no --arm.", name=name, known=known))
    try:
        config = _PRESETS[name].config(ground)
        return comparison_on(config, config.arms, **{key: typed[key] for key in ("epochs", "seeds") if key in typed})
    except ValidationError as error:
        message = next(iter(problems(ComparisonConfig, error).values()))
        raise BadInput(say("--preset {name}: {message}", name=name, message=message)) from error


def _recommended(
    find: Command, config: ComparisonConfig, execution: Execution, store: Store | None, arm: int, *, quiet: bool
) -> float | None:
    """Return what a sweep with an arm's optimizer recommends."""
    sweep = RangeTestConfig.of(config, optimizer=config.arms[arm].optimizer)
    run = carry_out(find, sweep, execution, quiet=quiet, store=store)
    if run.status is RunStatus.STOPPED:
        # There is nothing to hand out yet.
        raise KeyboardInterrupt
    return advice_of(run).recommended.learning_rate if len(run.steps) else None


def _arm(word: str, ground: ComparisonGround) -> Arm:
    try:
        return Arm(**{"optimizer": ground.optimizer, **parse_arm(word)})
    except ValidationError as error:
        path, message = next(iter(problems(Arm, error).items()))
        if error.errors()[0]["type"] == "extra_forbidden" and path[0] == "schedule":
            own = ", ".join(name for name in Arm.model_fields if name != "schedule")
            message = say("{message} An arm has also {own}.", message=message, own=own)
        raise BadInput(say("--arm {word}: {message}", word=word, message=message)) from error


def comparison_of(ground: ComparisonGround, arms: Sequence[Arm], words: Sequence[str]) -> ComparisonConfig:
    """Return the comparison of these arms on this ground.

    Raises
    ------
    BadInput
        An arm does not go with the ground.
    """
    try:
        return ComparisonConfig(**{**{name: getattr(ground, name) for name in ComparisonGround.model_fields},
                                   "arms": tuple(arms)})  # fmt: skip
    except ValidationError as error:
        message = next(iter(problems(ComparisonConfig, error).values()))
        raise BadInput(say("--arm {words}: {message}", words=" --arm ".join(words), message=message)) from error
