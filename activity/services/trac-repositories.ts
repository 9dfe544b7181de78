/** Repositories of fedorahosted.org whose address had no `.git`. */
export const flatRepositories = new Set(
  `389 aeolus bluecurve bluecurve-classic-metacity-theme bluecurve-gdm-theme bluecurve-gnome-theme
  bluecurve-gtk-themes bluecurve-icon-theme bluecurve-kde-theme bluecurve-kdm-theme bluecurve-kwin-theme
  bluecurve-metacity-theme bluecurve-qt-engine bluecurve-xmms-skin cobbler deltacloud docs echo-icon-theme
  fedorabubbles-gdm-theme fedoradna-gdm-theme fedoradna-kdm-theme fedoraflyinghigh-gdm-theme
  fedoraflyinghigh-kdm-theme fedora-gnome-theme fedora-icon-theme fedorainfinity-gdm-theme
  fedorainfinity-screensaver-theme fedora-screensaver-theme freeotp grid koji l10n livecd mash mirrormanager
  mkinitrd nodoka opyum ovirt presto readahead redhat-rpm-config releng revisor rhq snake thetango thincrust
  umltester updatinator webauthinfra wevisor`.split(/\s+/),
);
