"""Words of Wagtail's and Django's screens that their Arabic lacks or says badly; ours take their place.

Nothing imports this: it is read for the catalogues, whose Arabic goes before theirs. A word goes from here when their
own translation has become right.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

WORDS = (
    # What a page is, beside its name
    _("live"),
    _("Live"),
    _("live + draft"),
    _("live + scheduled"),
    _("live + in moderation"),
    _("View live"),
    _("Compare with live version"),
    # Messages
    _("Page '%(page_title)s' created."),
    _("Choose another page"),
    _("The slug '%(page_slug)s' is already in use within the parent page."),
    _("The slug '%(page_slug)s' is already in use within the parent page at '%(parent_url_path)s'."),
    _("This %(model_name)s is currently awaiting moderation."),
    _("%(model_name)s scheduled for publishing at %(go_live_at)s"),
    _("%(model_name)s scheduled for publishing"),
    _("%(model_name)s unscheduled for publishing at %(go_live_at)s"),
    _("%(model_name)s unscheduled from publishing"),
    _("This data explained"),
    _("Go to Wagtail admin"),
    _("Locked by"),
    _("Anyone"),
    _("Cancelled by %(cancelled_by)s"),
    _("Root"),
    _("Bold"),
    _("Italic"),
)
REFERENCED = ngettext_lazy(
    "This %(model_name)s is referenced %(usage_count)s time.",
    "This %(model_name)s is referenced %(usage_count)s times.",
)
