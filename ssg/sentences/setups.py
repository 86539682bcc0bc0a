"""What is left to do after `--setup`, for each host."""

from __future__ import annotations

STEPS = {
    "ja": {
        "made": "{files} を作りました。push のたびと{when}に、サイトを作って公開します。",
        "hourly": "1時間ごと",
        "daily": "毎朝",
        "unsure": "注意 {file} の「{line}」を、ssg を入手できる場所に書き換えてください"
        "（例: ssg-trend @ git+https://…）。",
        "address": "site.yaml の url が、公開するアドレスになっているか確かめます。",
        "push": "フォルダー全体を GitHub に push します。",
        "github": "GitHub の Settings → Pages で、Source を GitHub Actions にします。",
        "cloudflare": "Cloudflare Pages に {project} というプロジェクトを作ります"
        "（本番のブランチは main）。\n"
        "GitHub の Settings → Secrets and variables → Actions に "
        "CLOUDFLARE_API_TOKEN と CLOUDFLARE_ACCOUNT_ID を入れます。",
        "netlify": "Netlify にプロジェクトを作ります。\n"
        "GitHub の Settings → Secrets and variables → Actions に "
        "NETLIFY_AUTH_TOKEN と NETLIFY_SITE_ID を入れます。",
    },
    "en": {
        "made": "Made {files}. The site is built and published on each push and {when}.",
        "hourly": "every hour",
        "daily": "every morning",
        "unsure": "warning {file}: replace “{line}” with where ssg can be had"
        " (such as ssg-trend @ git+https://…).",
        "address": "See that url in site.yaml is your own address.",
        "push": "Push the whole folder to GitHub.",
        "github": "On GitHub, in Settings → Pages, choose GitHub Actions as the source.",
        "cloudflare": "Make a project {project} at Cloudflare Pages"
        " (its production branch is main).\n"
        "On GitHub, in Settings → Secrets and variables → Actions, put in "
        "CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID.",
        "netlify": "Make a project at Netlify.\n"
        "On GitHub, in Settings → Secrets and variables → Actions, put in "
        "NETLIFY_AUTH_TOKEN and NETLIFY_SITE_ID.",
    },
}
