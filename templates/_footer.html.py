BBBB BBBBBBBBBBB
XXXXXXXX
  XXXX XXXXXXXXXXXXX
    XXXX XXXXXXXXXXXXXXXX
      XXXXX
        XXXX gettext(u'No phone skills needed') XXXXX
        XX XXXXXXXXXXXXX XXXXXXXXXXFFFFF FXXXXXX
        XXX
          BB BBBBBBBBBBBBBBBBBXXXX gettext(u'Or come to the window: %(address)s') SS
              SSSS SS SSS SSSSSSS SSSSSSSSSSSBBBBB
        XXXX
      XXXXXX
      XXXXX
        XXXX gettext(u'About this site') XXXXX
        XXXX
          XXXXXX XXXXXXBBB BBBBBBXX gettext(u'Help and contact') XXXXXXXXX
          XXXXXX XXXXXXBBB BBBBBBBBBXX gettext(u'Privacy') XXXXXXXXX
          XXXXXX XXXXXXBBB BBBBBBBBBBBBBBBXX gettext(u'Accessibility') XXXXXXXXX
          XXXXXX XXXXXXBBB BBBBBBBBBBBBBX XXXXXXXXXXXXXXX gettext(u'Staff') XXXXXXXXX
        XXXXX
      XXXXXX
      XXXXX
        XXXX gettext(u'This page') XXXXX
        XXXX
          XXXX
            XX
              XXXXXXBBB BBBBBBBBXXXXXXFFFFFFFFFX
              XXXXXXXXXXXXXX
            XBBBB BBBBBB gettext(u'Report an error on this page') XXXX
          XXXXX
          XXXX
            XX
              XXXXXXBBB BBBBBBBBBBXXXXXXFFFFFFFFFX
              XXXXXXXXXXXXXX
            XBBBB BBBBBBBBBB gettext(u'Size, colours, my building') XXXX
          XXXXX
        XXXXX
      XXXXXX
    XXXXXX
    XXXX XXXXXXXXXXXXXX
      XXX gettext(u'We never ask for passwords, codes or transfers by phone.') XXXX
      BB BBBBBBBBBBBBXXX
           gettext(u'Run by: %(site_sponsor)s') SSS SSS SSSSSSSSSSSSSSSS
        XXXXBBBBB
      BB BBBBBBBB BB BBBBBBBBBBBBBBBBBB BB BBBBBBBBBBBB
        XXX
          BB BBBBBBBBXXXXX XXXXXXXXXXXXXXXXXXXXXXBBBBB
          BB BBBBBBBBBBBBBBBBBBXXXXX XXXXXXXXXXXXXXXXXXXXXXBBBBB
          BB BBBBBBBBBBBBXXXXXX gettext(u'Site identification code: %(site_id_code)s') SSSS SSSSSSSSSSSSSS SSSSS
                SSSSSSSSSSSSSSSSXXXXXXXBBBBB
        XXXX
      BBBBB
    XXXXXX
  XXXXXX
XXXXXXXXX
