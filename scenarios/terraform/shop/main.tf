terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}
variable "region" { default = "eu-west-1" }
variable "db_password" {
  default   = "correct-horse-battery"
  sensitive = true
}
provider "aws" {
  region                      = var.region
  access_key                  = "testing"
  secret_key                  = "testing"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  s3_use_path_style           = true
}
data "aws_caller_identity" "me" {}
data "aws_region" "here" {}
module "net" {
  source = "./net"
  zones  = { a = "${var.region}a", b = "${var.region}b" }
}
resource "aws_security_group" "open" {
  name   = "shared"
  vpc_id = module.net.vpc_id
  ingress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_security_group" "db" {
  name   = "db"
  vpc_id = module.net.vpc_id
}
resource "aws_vpc_security_group_ingress_rule" "db" {
  security_group_id            = aws_security_group.db.id
  referenced_security_group_id = aws_security_group.app.id
  from_port                    = 3306
  to_port                      = 3306
  ip_protocol                  = "tcp"
}
resource "aws_security_group" "app" {
  name   = "app"
  vpc_id = module.net.vpc_id
}
resource "aws_security_group_rule" "app_in" {
  type              = "ingress"
  security_group_id = aws_security_group.app.id
  cidr_blocks       = ["0.0.0.0/0"]
  from_port         = 80
  to_port           = 80
  protocol          = "tcp"
}
resource "aws_security_group_rule" "app_out" {
  type              = "egress"
  security_group_id = aws_security_group.app.id
  cidr_blocks       = ["0.0.0.0/0"]
  from_port         = 0
  to_port           = 0
  protocol          = "-1"
}
resource "aws_instance" "web" {
  for_each               = module.net.public
  ami                    = "ami-12c6146b"
  instance_type          = "t2.micro"
  subnet_id              = each.value
  vpc_security_group_ids = [aws_security_group.open.id, aws_security_group.app.id]
  iam_instance_profile   = aws_iam_instance_profile.web.name
  user_data              = "#!/bin/sh\nexport DB_PASSWORD=${var.db_password}\n"
}
resource "aws_iam_role" "web" {
  name               = "web"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}
resource "aws_iam_role_policy_attachment" "web" {
  role       = aws_iam_role.web.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
resource "aws_iam_instance_profile" "web" {
  name = "web"
  role = aws_iam_role.web.name
}
resource "aws_iam_user" "ann" { name = "ann" }
resource "aws_iam_user_policy_attachment" "ann" {
  user       = aws_iam_user.ann.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
resource "aws_db_subnet_group" "db" {
  name       = "db"
  subnet_ids = values(module.net.public)
}
resource "aws_db_instance" "mysql" {
  identifier             = "shop-mysql"
  engine                 = "mysql"
  engine_version         = "8.0"
  instance_class         = "db.t3.micro"
  allocated_storage      = 20
  username               = "admin"
  password               = var.db_password
  db_subnet_group_name   = aws_db_subnet_group.db.name
  vpc_security_group_ids = [aws_security_group.open.id]
  publicly_accessible    = true
  skip_final_snapshot    = true
}
resource "aws_lb" "web" {
  name            = "web"
  subnets         = values(module.net.public)
  security_groups = [aws_security_group.app.id]
}
resource "aws_lb_target_group" "web" {
  name     = "web"
  port     = 80
  protocol = "HTTP"
  vpc_id   = module.net.vpc_id
}
resource "aws_lb_target_group_attachment" "web" {
  for_each         = aws_instance.web
  target_group_arn = aws_lb_target_group.web.arn
  target_id        = each.value.id
}
resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.web.arn
  port              = 80
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}
resource "aws_s3_bucket" "media" { bucket = "shop-media" }
resource "aws_s3_bucket_public_access_block" "media" {
  bucket                  = aws_s3_bucket.media.id
  block_public_acls       = false
  block_public_policy     = false
  ignore_public_acls      = false
  restrict_public_buckets = false
}
resource "aws_s3_bucket_policy" "media" {
  bucket = aws_s3_bucket.media.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "${aws_s3_bucket.media.arn}/*" }] })
}
resource "aws_sqs_queue" "jobs" { name = "jobs" }
resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = aws_iam_role.web.arn
  handler       = "index.handler"
  runtime       = "nodejs20.x"
  filename      = "worker.zip"
  environment {
    variables = {
      DB_HOST     = aws_db_instance.mysql.address
      DB_PASSWORD = var.db_password
      QUEUE       = aws_sqs_queue.jobs.url
    }
  }
}
resource "aws_lambda_event_source_mapping" "jobs" {
  event_source_arn = aws_sqs_queue.jobs.arn
  function_name    = aws_lambda_function.worker.arn
}
resource "aws_dynamodb_table" "carts" {
  name         = "carts"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}
resource "aws_ecs_cluster" "shop" { name = "shop" }
resource "aws_ecs_task_definition" "api" {
  family = "api"
  container_definitions = jsonencode([{ name = "api", image = "example/api:1", memory = 256, portMappings = [{ containerPort = 8080 }], environment = [{ name = "DB_HOST", value = aws_db_instance.mysql.address }, { name = "TOKEN", value = var.db_password }] }])
}
resource "aws_ecs_service" "api" {
  name            = "api"
  cluster         = aws_ecs_cluster.shop.id
  task_definition = aws_ecs_task_definition.api.arn
  desired_count   = 2
  launch_type     = "FARGATE"
  network_configuration {
    subnets         = values(module.net.public)
    security_groups = [aws_security_group.app.id]
  }
}
resource "aws_sns_topic" "events" { name = "events" }
resource "aws_cloudwatch_log_group" "app" { name = "/shop/app" }
resource "aws_kms_key" "k" { description = "shop" }
resource "aws_eip" "nat" { domain = "vpc" }
