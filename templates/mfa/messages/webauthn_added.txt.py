 gettext(u'The passkey is added.') 
