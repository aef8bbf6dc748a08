// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Every key with a value that is not its default.
constexpr const char *kOtherProfile = R"(stage = "mine"

[server]
role = "api"
listen = "0.0.0.0:8080"
public_url = "https://photos.example"
loops = 2
workers = 8
media_workers = 3
trusted_proxies = ["127.0.0.1", "10.0.0.0/8"]

[database]
url = "sqlite:///srv/photos.db"
readers = 6

[jobs]
threads = 3

[instance]
title = "Our \"photos\" \\ and more"
description = "Photos."
contact_email = "us@photos.example"
source_url = "https://code.example/photos"
rules = ["Be kind.", "No spam, ever."]
languages = ["en", "de"]

[registrations]
mode = "approval"

[access]
reading = "authenticated"

[limits]
enabled = false
requests_of_token = 100
requests_of_account = 500
requests_of_address = 150
sign_ins_of_address = 10
uploads = 200
deletions = 20
sign_ups_of_address = 2
image_size = "10 MB"
image_pixels = 20000000
video_size = "50 MB"
video_duration = "2 min"
account_media = "3 GiB"
archive_size = "1 GiB"
loose_media = "2 h"
unfinished_uploads = 10
unfinished_bytes = "1 GiB"
upload_life = "3 h"
max_media_attachments = 4
max_characters = 500
description = 1000
request_time = "500 ms"
media_request_time = "2 min"
max_connections = 100
max_connections_per_address = 5
max_streams = 50
max_streams_per_account = 2

[push]
allow_private_endpoints = true

[log]
format = "json"
access = false
)";
