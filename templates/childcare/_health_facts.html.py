XXX XXXXXXXXXXXXXX
  XXXXX
    XXXX gettext(u'Must not eat or touch') XXXXX
    XXXX _("nothing") XXXXX
  XXXXXX
  XXXXX
    XXXX gettext(u'Illness or medicine') XXXXX
    XXXX _("none") XXXXX
  XXXXXX
  XXXXX
    XXXX gettext(u'Vaccinations') XXXXX
    XXXXXXXXX
  XXXXXX
XXXXX
