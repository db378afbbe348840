const lines = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

/** Sites that anybody cites or uses: naming one says nothing. */
const popular = lines(`
  google.com youtube.com youtu.be facebook.com fb.com fb.me twitter.com x.com t.co instagram.com linkedin.com tiktok.com reddit.com telegram.org t.me vk.com ok.ru whatsapp.com
  wikipedia.org github.com githubusercontent.com gitlab.com bitbucket.org pastebin.com dropbox.com microsoft.com office.com live.com apple.com icloud.com amazon.com cloudflare.com
  archive.org archive.is archive.ph bit.ly tinyurl.com goo.gl ow.ly is.gd buff.ly dlvr.it wp.me medium.com virustotal.com welivesecurity.com bbc.co.uk bbc.com cnn.com reuters.com
  nytimes.com theguardian.com washingtonpost.com yahoo.com bing.com mozilla.org adobe.com misp-project.org`);

/** Domains under which strangers keep their own hosts: the host counts, the domain does not. */
const hosting = lines(`
  firebaseio.com appspot.com web.app firebaseapp.com amazonaws.com cloudfront.net azurewebsites.net windows.net blogspot.com wordpress.com weebly.com wixsite.com tumblr.com
  livejournal.com 000webhostapp.com herokuapp.com github.io gitlab.io netlify.app vercel.app pages.dev workers.dev ngrok.io duckdns.org ddns.net no-ip.org no-ip.com no-ip.biz hopto.org
  zapto.org sytes.net myftp.org serveftp.com servehttp.com redirectme.net dyndns.org dyndns.com dynu.com dynu.net mooo.com chickenkiller.com strangled.net ignorelist.com afraid.org
  3322.org 8866.org 9966.org f3322.net publicvm.com linkpc.net firewall-gateway.com firewall-gateway.net myvnc.com servegame.com ddnsking.com onthewifi.com bounceme.net 1x.biz
  changeip.com ygto.com xxuz.com dns04.com dnsrd.com freetcp.com ooo.la sharepoint.com mega.nz discordapp.com discord.com`);

const freeMail = lines(`
  gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com aol.com icloud.com me.com mail.com gmx.com gmx.de gmx.net web.de mail.ru inbox.ru bk.ru
  list.ru yandex.ru yandex.com ya.ru protonmail.com proton.me pm.me tutanota.com tuta.io zoho.com qq.com 163.com 126.com sina.com sohu.com foxmail.com rediffmail.com ukr.net
  seznam.cz wp.pl onet.pl o2.pl interia.pl laposte.net orange.fr free.fr libero.it t-online.de ziggo.nl kpnmail.nl`);

export const isPopular = (host: string): boolean => popular.has(host);
export const isSharedHosting = (domain: string): boolean => hosting.has(domain);
export const isFreeMail = (domain: string): boolean => freeMail.has(domain);
