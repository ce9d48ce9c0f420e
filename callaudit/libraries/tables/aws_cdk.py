"""aws-cdk-lib 2: rules of EventBridge, https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_events.Rule.html.

A rule's targets are constructs of functions in other places: `frameworks/cdk_targets.py` finds them.
"""

from callaudit.libraries.model import Arg, Library, Schedule

_RULE = Schedule(callback=Arg(2, "targets"), when=Arg(2, "schedule"), unit="aws", mechanism="events.Rule", overlap="")

LIBRARY = Library(
    name="scheduler",
    packages=("aws-cdk-lib/aws-events", "aws-cdk-lib", "@aws-cdk/aws-events"),
    exports={"Rule": _RULE, "aws_events.Rule": _RULE},
    serves=True,
)
